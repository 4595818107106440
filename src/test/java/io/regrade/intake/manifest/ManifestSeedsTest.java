package io.regrade.intake.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What fuzzing starts from and what it has found is tried on every target in every run, without a fuzzer. */
class ManifestSeedsTest {

    private static final Path FOUND = Path.of("src/test/resources/fuzz/manifest");

    static Stream<String> targets() {
        return Stream.concat(Stream.of(FuzzTargets.ANY), FuzzTargets.READERS.keySet().stream());
    }

    private static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>(List.of(
                new byte[0],
                "\n".getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8),
                "- a\n".getBytes(StandardCharsets.UTF_8),
                "<a/>".getBytes(StandardCharsets.UTF_8),
                Binaries.elf(),
                Binaries.pe(),
                Binaries.rpm(),
                Binaries.deb("Package: a\nVersion: 1\n"),
                Binaries.zip(Map.of("a/B.class", Binaries.javaClass(17))),
                Binaries.javaClass(21)));
        try (Stream<Path> found = Files.list(FOUND)) {
            for (Path file : found.sorted().toList()) {
                seeds.add(Files.readAllBytes(file));
            }
        }
        return seeds;
    }

    @ParameterizedTest
    @MethodSource("targets")
    void everySeed_isReadOrRefused_asAreSeedsWithSomeBytesChanged(String target) throws IOException {
        Random random = new Random(7);
        for (byte[] seed : seeds()) {
            FuzzTargets.run(target, seed);
            for (int i = 0; i < 20 && seed.length > 0; i++) {
                byte[] changed = seed.clone();
                for (int j = 0; j < 4; j++) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt();
                }
                FuzzTargets.run(target, changed);
            }
        }
    }

    @Test
    void everyFormat_isATarget() {
        assertThat(FuzzTargets.READERS.values().stream().map(reader -> reader.format()))
                .containsExactlyInAnyOrder(io.regrade.intake.manifest.found.Format.values());
    }
}
