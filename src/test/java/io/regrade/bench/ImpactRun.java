package io.regrade.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import io.regrade.decision.CanonicalJson;
import io.regrade.decision.FactJson;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.fact.VmFacts;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.pipeline.impact.FleetSubjects;
import io.regrade.pipeline.impact.Impact;
import io.regrade.pipeline.impact.MeasureImpact;
import io.regrade.pipeline.impact.Setting;
import io.regrade.pipeline.impact.StreamSubjects;
import io.regrade.pipeline.impact.Subjects;
import io.regrade.policy.PolicyReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The impact of one changed parameter of the standard policy, over machines in memory and over machines that come as
 * lines, at a tenth of the size and at all of it; prints times, growth as ratios, and what the heap held. Arguments:
 * machines (100000), targets (2000), threads (2).
 */
public final class ImpactRun {

    private static final int MOST_TOLD = 5;

    private final World world;
    private final ReadyPolicy active;
    private final ReadyPolicy draft;
    private final int threads;

    private ImpactRun(World world, ReadyPolicy active, ReadyPolicy draft, int threads) {
        this.world = world;
        this.active = active;
        this.draft = draft;
        this.threads = threads;
    }

    /**
     * What a measurement took.
     *
     * @param seconds by the clock
     * @param processor seconds of all threads
     * @param heapMib the most that was left on the heap after a collection
     */
    private record Taken(double seconds, double processor, double heapMib, Impact impact) {}

    private interface Source {
        Subjects of(int machines);
    }

    public static void main(String[] args) throws Exception {
        int machines = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int targets = args.length > 1 ? Integer.parseInt(args[1]) : 2000;
        int threads = args.length > 2 ? Integer.parseInt(args[2]) : 2;
        DroolsCompiler compiler = new DroolsCompiler();
        try (ReadyPolicy active = ReadyPolicy.load(Competitors.STANDARD, compiler);
                ReadyPolicy draft = ReadyPolicy.of(PolicyReader.of(drafted(active)), compiler)) {
            new ImpactRun(World.of(targets, machines / 10, 9), active, draft, threads).print(machines);
        }
    }

    private static SortedMap<String, String> drafted(ReadyPolicy standard) {
        SortedMap<String, String> files = new TreeMap<>(standard.bundle().written());
        files.computeIfPresent(
                "policy.yaml",
                (name, text) -> text.replaceFirst("(cpu-target-utilisation:(?s:.*?)default: )0.98", "$10.7"));
        return files;
    }

    private void print(int machines) throws InterruptedException {
        Setting setting = Setting.of(world.targets(), world.pricing());
        byte[] head = head();
        byte[] tenth = facts();
        Source memory = number -> new FleetSubjects(repeated(number), setting, world.time());
        Source stream = number -> new StreamSubjects(lines(head, tenth, number), "lines");
        measure(memory.of(machines / 10)); // warm
        System.out.printf(
                "%d threads, %d targets, two policies; %.1f KiB of JSON a machine%n%n",
                threads,
                world.targets().size(),
                tenth.length / 1024.0 / world.vms().size());
        System.out.println("| machines come | machines | s | processor s | machines a second | heap, MiB | changed |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|");
        row("from memory", memory, machines);
        row("as lines", stream, machines);
    }

    private void row(String name, Source source, int machines) throws InterruptedException {
        Taken small = measure(source.of(machines / 10));
        Taken large = measure(source.of(machines));
        for (Taken one : List.of(small, large)) {
            System.out.printf(
                    "| %s | %d | %.1f | %.1f | %.0f | %.0f | %d |%n",
                    name,
                    one.impact.machines(),
                    one.seconds,
                    one.processor,
                    one.impact.machines() / one.seconds,
                    one.heapMib,
                    one.impact.changed());
        }
        System.out.printf(
                "| %s, ten times the machines | | × %.2f | × %.2f | | × %.2f | |%n",
                name, large.seconds / small.seconds, large.processor / small.processor, large.heapMib / small.heapMib);
    }

    private Taken measure(Subjects subjects) throws InterruptedException {
        System.gc();
        heap().forEach(MemoryPoolMXBean::resetPeakUsage);
        HeapWatch watch = new HeapWatch();
        long begun = System.nanoTime();
        long processor = processorNanos();
        Impact impact =
                new MeasureImpact(active, draft, threads, MOST_TOLD).measure(subjects, one -> {}, done -> watch.look());
        return new Taken(
                (System.nanoTime() - begun) / 1e9,
                (processorNanos() - processor) / 1e9,
                watch.most / 1024.0 / 1024,
                impact);
    }

    private static long processorNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static List<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
                .toList();
    }

    /** What was left after the last collection of each part of the heap, the most of it. */
    private static final class HeapWatch {
        private long most;

        void look() {
            most = Math.max(
                    most,
                    heap().stream()
                            .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                            .sum());
        }
    }

    private List<VmFacts> repeated(int machines) {
        List<VmFacts> all = new ArrayList<>(machines);
        for (int i = 0; i < machines; i++) {
            all.add(world.vms().get(i % world.vms().size()));
        }
        return all;
    }

    private InputStream lines(byte[] head, byte[] tenth, int machines) {
        List<InputStream> parts = new ArrayList<>(List.of(new ByteArrayInputStream(head)));
        for (int i = 0; i < machines / world.vms().size(); i++) {
            parts.add(new ByteArrayInputStream(tenth));
        }
        return new SequenceInputStream(Collections.enumeration(parts));
    }

    private byte[] head() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        line(out, object().put("time", world.time().at().toString()));
        world.targets().forEach(target -> line(out, object().set("target", FactJson.target(target))));
        line(out, object().set("pricing", FactJson.pricing(world.pricing())));
        return out.toByteArray();
    }

    private byte[] facts() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 24);
        world.vms().forEach(facts -> line(out, object().set("facts", FactJson.facts(facts))));
        return out.toByteArray();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static void line(ByteArrayOutputStream out, ObjectNode node) {
        out.writeBytes(CanonicalJson.bytes(node));
        out.writeBytes("\n".getBytes(UTF_8));
    }
}
