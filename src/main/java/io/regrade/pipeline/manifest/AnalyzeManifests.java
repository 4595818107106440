package io.regrade.pipeline.manifest;

import io.regrade.fact.VmFacts;
import io.regrade.intake.manifest.Analyzer;
import io.regrade.intake.manifest.found.Analysis;
import io.regrade.intake.manifest.found.ManifestException;
import io.regrade.intake.manifest.source.ManifestLimits;
import io.regrade.intake.manifest.source.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Analyses manifests and binaries, and tells what does not fit to what is known of a machine. Commands, fleet
 * directories and the server all come here. Thread-safe.
 */
public final class AnalyzeManifests {

    private final Analyzer analyzer = new Analyzer();
    private final ManifestLimits limits;

    /** Analyses within the default limits. */
    public AnalyzeManifests() {
        this(ManifestLimits.DEFAULT);
    }

    public AnalyzeManifests(ManifestLimits limits) {
        this.limits = limits;
    }

    /**
     * One file, read or refused.
     *
     * @param file its name
     * @param analysis what it says, null when it was refused
     * @param refusal why it was refused, null when it was read
     * @param conflicts what does not fit to the machine; empty when none is given
     */
    public record Result(
            String file,
            @Nullable Analysis analysis,
            @Nullable ManifestException refusal,
            List<Conflict> conflicts) {

        /** Copies the list. */
        public Result {
            conflicts = List.copyOf(conflicts);
        }
    }

    /**
     * Analyses bytes at hand.
     *
     * @param name what places call them
     * @throws ManifestException when they cannot be read
     */
    public Analysis bytes(String name, byte[] bytes) {
        return analyzer.analyze(Source.of(name, bytes, limits));
    }

    /**
     * Analyses a file, or all files below a directory in the order of their names.
     *
     * @param known the machine that they are about, null when none is named
     */
    public List<Result> files(Path path, @Nullable VmFacts known) {
        List<Result> results = new ArrayList<>();
        for (Path file : below(path)) {
            results.add(file(file, known));
        }
        return results;
    }

    /** Analyses bytes at hand beside a machine. */
    public Result bytes(String name, byte[] bytes, @Nullable VmFacts known) {
        try {
            return result(bytes(name, bytes), known);
        } catch (ManifestException e) {
            return new Result(name, null, e, List.of());
        }
    }

    /** Analyses one file. */
    public Result file(Path file, @Nullable VmFacts known) {
        try {
            return result(analyzer.analyze(Source.of(file, limits)), known);
        } catch (ManifestException e) {
            return new Result(file.toString(), null, e, List.of());
        }
    }

    /** What was found, beside a machine. */
    public Result result(Analysis analysis, @Nullable VmFacts known) {
        return new Result(analysis.file(), analysis, null, known == null ? List.of() : Conflicts.of(analysis, known));
    }

    private static List<Path> below(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
