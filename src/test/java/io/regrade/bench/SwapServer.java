package io.regrade.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.app.Server;
import io.regrade.config.ConfigReader;
import io.regrade.engine.RuleCompiler;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.ledger.Asker;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyReader;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A server whose policy is swapped as its input says: {@code new N} compiles and activates version N of the standard policy,
 * {@code swap N} does so with what was compiled before, {@code memory} collects garbage and tells what is left. The versions
 * differ in a comment, so that they decide alike and none is another's.
 */
public final class SwapServer {

    private static final int COLLECTIONS = 3;
    private static final double MIB = 1 << 20;

    private final Server server;
    private final RuleCompiler compiler;

    private SwapServer(Server server, RuleCompiler compiler) {
        this.server = server;
        this.compiler = compiler;
    }

    public static void main(String[] args) throws Exception {
        Path data = Path.of(args[0]);
        RuleCompiler compiler = new DroolsCompiler(data.resolve("compiled"), data.resolve("compiled.key"));
        try (Server server = Server.start(
                ConfigReader.parse("bench", """
                        http: {port: 0}
                        policies: {directory: rules, kept: 3}
                        data: {directory: '%s'}
                        """.formatted(data), System.getenv()),
                compiler,
                Optional.empty(),
                Map.of())) {
            System.out.println("The server listens on " + server.address() + " ");
            SwapServer swaps = new SwapServer(server, compiler);
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(
                        line.equals("memory") ? memory() : swaps.activate(Integer.parseInt(line.split(" ")[1])));
            }
        }
    }

    /** Version N of the standard policy. */
    private static PolicyBundle version(int number) {
        SortedMap<String, String> files = new TreeMap<>(PolicyReader.files(Path.of("rules", "standard")));
        files.merge("policy.yaml", "\n# version " + number + "\n", String::concat);
        return PolicyReader.of(files);
    }

    private String activate(int number) {
        long begun = System.nanoTime();
        ReadyPolicy ready = ReadyPolicy.of(version(number), compiler);
        long compiled = System.nanoTime();
        server.rollout().activate(ready, Asker.SERVER);
        long activated = System.nanoTime();
        return String.format(Locale.ROOT, "%.3f %.3f", (compiled - begun) / 1e6, (activated - compiled) / 1e6);
    }

    private static String memory() throws InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(300);
        }
        double heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB;
        double metaspace = ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getName().equals("Metaspace"))
                        .map(MemoryPoolMXBean::getUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum()
                / MIB;
        int classes = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
        return String.format(Locale.ROOT, "%.1f %.1f %d", heap, metaspace, classes);
    }
}
