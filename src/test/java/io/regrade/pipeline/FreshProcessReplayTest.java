package io.regrade.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.regrade.engine.drools.CompiledOnce;
import io.regrade.fact.EvaluationTime;
import io.regrade.intake.inventory.FleetReader;
import io.regrade.intake.sample.SampleFleet;
import io.regrade.ledger.Evidence;
import io.regrade.policy.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one process decided, another one decides again, byte for byte; also on another version of Java. */
class FreshProcessReplayTest {

    private static final EvaluationTime TIME = new EvaluationTime(Instant.parse("2026-01-31T00:00:00Z"));
    private static final Path JDKS = Path.of("/usr/lib/jvm");

    private static ReadyPolicy policy;

    @TempDir
    Path directory;

    @BeforeAll
    static void compile() {
        policy = ReadyPolicy.load(Policies.STANDARD, CompiledOnce.compiler());
    }

    @AfterAll
    static void close() {
        policy.close();
    }

    @Test
    void sampleFleet_isDecidedAlikeInAFreshProcess() throws Exception {
        Path fleet = directory.resolve("fleet");
        SampleFleet.write(fleet, new SampleFleet.Options(7, 60, 120, 7, 60, TIME.at()));

        writeRun(fleet);

        assertThat(replay(Path.of(System.getProperty("java.home"))))
                .isEqualTo("60 of 60 equal on " + Runtime.version().feature() + "\n");
    }

    @Test
    void bitbrainsFleet_isDecidedAlikeInAFreshProcessOnEachJava() throws Exception {
        String shared = System.getProperty("REGRADE_SHARED_DATA", System.getenv("REGRADE_SHARED_DATA"));
        Path fleet = Path.of(shared == null ? "../shared/data" : shared).resolve("fleets/bitbrains-faststorage");
        assumeTrue(
                Files.isDirectory(fleet), "skipped: there is no real fleet in " + fleet + "; set REGRADE_SHARED_DATA");

        int machines = writeRun(fleet);

        assertThat(machines).isEqualTo(300);
        assertThat(replay(Path.of(System.getProperty("java.home"))))
                .isEqualTo("300 of 300 equal on " + Runtime.version().feature() + "\n");
        for (Path other : newerJdks()) {
            assertThat(replay(other)).isEqualTo("300 of 300 equal on 25\n");
        }
    }

    private int writeRun(Path fleet) throws IOException, InterruptedException {
        List<Evidence> run = Runs.evidence(policy, new FleetReader().read(fleet), TIME);
        ReplayApart.write(directory, run);
        return run.size();
    }

    private static List<Path> newerJdks() throws IOException {
        if (!Files.isDirectory(JDKS) || Runtime.version().feature() == 25) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(JDKS)) {
            return all.filter(one -> one.getFileName().toString().contains("-25"))
                    .filter(one -> Files.isExecutable(one.resolve("bin/java")))
                    .limit(1)
                    .toList();
        }
    }

    private String replay(Path jdk) throws IOException, InterruptedException {
        Path out = directory.resolve("out.txt");
        Process process = new ProcessBuilder(
                        jdk.resolve("bin").resolve("java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReplayApart.class.getName(),
                        directory.toString())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }
        String[] lines = Files.readString(out, UTF_8).split("(?<=\n)");
        return lines.length == 1 ? lines[0] : String.join("", lines);
    }
}
