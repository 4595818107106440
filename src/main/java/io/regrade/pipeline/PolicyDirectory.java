package io.regrade.pipeline;

import io.regrade.engine.RuleCompiler;
import io.regrade.fact.Suggestion;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.PolicyException;
import io.regrade.policy.bundle.TrustedKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The policies below a directory, or the one that the directory is. */
public final class PolicyDirectory {

    private PolicyDirectory() {}

    /**
     * Compiles every policy, whoever signed it.
     *
     * @see #load(Path, String, RuleCompiler, TrustedKeys)
     */
    public static List<ReadyPolicy> load(Path directory, String defaultName, RuleCompiler compiler) {
        return load(directory, defaultName, compiler, TrustedKeys.ANY);
    }

    /**
     * Compiles every policy.
     *
     * @param directory has a {@code policy.yaml}, or directories that do
     * @param defaultName the policy that is used when none is named
     * @param trusted the keys that each must be signed with
     * @throws PolicyException with everything that is wrong with any of them
     */
    public static List<ReadyPolicy> load(
            Path directory, String defaultName, RuleCompiler compiler, TrustedKeys trusted) {
        List<Diagnostic> problems = new ArrayList<>();
        List<ReadyPolicy> loaded = new ArrayList<>();
        for (Path one : policies(directory)) {
            try {
                loaded.add(ReadyPolicy.load(one, compiler, trusted));
            } catch (PolicyException e) {
                e.diagnostics().forEach(problem -> problems.add(placed(one, problem)));
            }
        }
        List<String> names =
                loaded.stream().map(policy -> policy.ref().name()).sorted().toList();
        if (problems.isEmpty() && names.stream().distinct().count() < names.size()) {
            problems.add(Diagnostic.error(
                    "duplicate-policy", directory.toString(), 0, "two policies have one name: " + names));
        }
        if (problems.isEmpty() && !names.contains(defaultName)) {
            problems.add(Diagnostic.error(
                    "no-policy",
                    directory.toString(),
                    0,
                    "there is no policy `" + defaultName + "`. Maybe " + Suggestion.nearest(defaultName, names)));
        }
        if (!problems.isEmpty()) {
            loaded.forEach(ReadyPolicy::close);
            throw new PolicyException(problems);
        }
        return loaded;
    }

    /** A problem whose file is told from where the server stands. */
    public static Diagnostic placed(Path directory, Diagnostic problem) {
        Path file = problem.file().startsWith(directory.toString())
                ? Path.of(problem.file())
                : directory.resolve(problem.file());
        return problem.in(file.toString());
    }

    /** The directories of the policies; the directory itself when there is none below it. */
    public static List<Path> policies(Path directory) {
        if (!Files.isDirectory(directory) || Files.exists(directory.resolve("policy.yaml"))) {
            return List.of(directory);
        }
        try (Stream<Path> inside = Files.list(directory)) {
            List<Path> found = inside.filter(
                            path -> !path.getFileName().toString().startsWith("."))
                    .filter(path -> Files.exists(path.resolve("policy.yaml")) || isArchive(path))
                    .sorted()
                    .toList();
            return found.isEmpty() ? List.of(directory) : found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the policies in " + directory, e);
        }
    }

    private static boolean isArchive(Path path) {
        return path.toString().endsWith(".tar.gz") || path.toString().endsWith(".tgz");
    }
}
