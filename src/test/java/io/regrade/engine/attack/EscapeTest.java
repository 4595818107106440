package io.regrade.engine.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The attacks are real: without the gate hostile rules do the harm that they are after, in a JVM of their own, and the
 * canaries tell. With it the same rules do none.
 */
class EscapeTest {

    /** The last one ends the JVM, so that nothing after it would be seen. */
    private static final List<String> ATTACKS = List.of(
            "file/write-file.drl",
            "file/delete-file.drl",
            "process/process-builder.drl",
            "network/socket.drl",
            "state/system-property.drl",
            "state/kept-names.drl",
            "time/endless-loop.drl",
            "exit/runtime-halt.drl");

    private static final int HALTED = 86;
    private static final int HANG_GUARD_SECONDS = 120;

    private record Run(int exit, List<String> lines) {

        /** What is told of an attack. */
        List<String> of(String attack) {
            return lines.stream()
                    .filter(line -> line.startsWith(attack + " "))
                    .map(line -> line.substring(attack.length() + 1))
                    .toList();
        }
    }

    @Test
    void withoutTheGate_hostileRulesDoHarm(@TempDir Path cage) throws Exception {
        try (Canaries canaries = new Canaries(cage)) {
            Run run = run("ungated", canaries, cage.resolve("out"));
            assertThat(canaries.written()).exists();
            assertThat(canaries.kept()).doesNotExist();
            assertThat(canaries.touched()).exists();
            assertThat(canaries.connections()).isEqualTo(2); // one for each machine
            assertThat(run.of("property")).startsWith("null").contains("dead");
            assertThat(run.of("kept-names"))
                    .containsExactly("decided first: seen before: []", "decided second: seen before: [first]");
            assertThat(run.of("endless-loop")).containsExactly("still runs");
            assertThat(run.exit()).isEqualTo(HALTED);
        }
    }

    @Test
    void withTheGate_theSameRulesDoNone(@TempDir Path cage) throws Exception {
        try (Canaries canaries = new Canaries(cage)) {
            Run run = run("gated", canaries, cage.resolve("out"));
            canaries.assertNothingOutside();
            assertThat(run.exit()).isZero();
            assertThat(run.of("property")).containsOnly("null");
            assertThat(run.of("endless-loop")).hasSize(2).allMatch(line -> line.contains("time budget of 400 ms"));
            for (String file : ATTACKS) {
                Attack attack = Attack.read(Attack.DIRECTORY, Attack.DIRECTORY.resolve(file));
                if (attack.contained().isEmpty()) {
                    assertThat(run.of(attack.name()))
                            .containsAll(attack.refusals().stream()
                                    .map(one -> "refused " + one.line() + " " + one.code())
                                    .toList())
                            .allMatch(line -> line.startsWith("refused "));
                }
            }
        }
    }

    private static Run run(String how, Canaries canaries, Path out) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HostileRun.class.getName(),
                how));
        canaries.tags().forEach((key, value) -> command.add(key + "=" + value));
        ATTACKS.forEach(file -> command.add(Attack.DIRECTORY.resolve(file).toString()));
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(process.waitFor(HANG_GUARD_SECONDS, TimeUnit.SECONDS))
                    .as("it ends")
                    .isTrue();
            return new Run(process.exitValue(), Files.readAllLines(out));
        } finally {
            process.destroyForcibly();
        }
    }
}
