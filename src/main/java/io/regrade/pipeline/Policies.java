package io.regrade.pipeline;

import io.regrade.engine.RuleCompiler;
import io.regrade.fact.Suggestion;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.PolicyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The policies that are loaded, by name and digest. Thread-safe; closing it closes them. */
public final class Policies implements AutoCloseable {

    private static final int LEAST_DIGEST_PREFIX = "sha256:".length() + 8;

    private final List<ReadyPolicy> policies;
    private final ReadyPolicy byDefault;

    /**
     * Offers these policies.
     *
     * @param policies at least one, each name once
     * @param byDefault the one that is used when none is named, one of them
     */
    public Policies(List<ReadyPolicy> policies, ReadyPolicy byDefault) {
        this.policies = List.copyOf(policies);
        this.byDefault = byDefault;
    }

    /**
     * Loads every policy below a directory, or the one that the directory is.
     *
     * @param directory has a {@code policy.yaml}, or directories that do
     * @param defaultName the policy that is used when none is named
     * @throws PolicyException with everything that is wrong with any of them
     */
    public static Policies load(Path directory, String defaultName, RuleCompiler compiler) {
        List<Diagnostic> problems = new ArrayList<>();
        List<ReadyPolicy> loaded = new ArrayList<>();
        for (Path one : directories(directory)) {
            try {
                loaded.add(ReadyPolicy.load(one, compiler));
            } catch (PolicyException e) {
                e.diagnostics().forEach(problem -> problems.add(placed(one, problem)));
            }
        }
        ReadyPolicy chosen = loaded.stream()
                .filter(policy -> policy.bundle().name().equals(defaultName))
                .findFirst()
                .orElse(null);
        List<String> names =
                loaded.stream().map(policy -> policy.bundle().name()).sorted().toList();
        if (problems.isEmpty() && names.stream().distinct().count() < names.size()) {
            problems.add(Diagnostic.error(
                    "duplicate-policy", directory.toString(), 0, "two policies have one name: " + names));
        }
        if (problems.isEmpty() && chosen == null) {
            problems.add(Diagnostic.error(
                    "no-policy",
                    directory.toString(),
                    0,
                    "there is no policy `" + defaultName + "`. Maybe " + Suggestion.nearest(defaultName, names)));
        }
        if (!problems.isEmpty() || chosen == null) {
            loaded.forEach(ReadyPolicy::close);
            throw new PolicyException(problems);
        }
        return new Policies(loaded, chosen);
    }

    private static Diagnostic placed(Path directory, Diagnostic problem) {
        Path file = problem.file().startsWith(directory.toString())
                ? Path.of(problem.file())
                : directory.resolve(problem.file());
        return new Diagnostic(
                problem.severity(),
                problem.code(),
                file.toString(),
                problem.line(),
                problem.column(),
                problem.message());
    }

    private static List<Path> directories(Path directory) {
        if (!Files.isDirectory(directory) || Files.exists(directory.resolve("policy.yaml"))) {
            return List.of(directory);
        }
        try (Stream<Path> inside = Files.list(directory)) {
            List<Path> found = inside.filter(path -> Files.exists(path.resolve("policy.yaml")))
                    .sorted()
                    .toList();
            return found.isEmpty() ? List.of(directory) : found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the policies in " + directory, e);
        }
    }

    /** All policies, by name. */
    public List<ReadyPolicy> all() {
        return policies.stream()
                .sorted(Comparator.comparing(policy -> policy.bundle().name()))
                .toList();
    }

    /** The one that is used when none is named. */
    public ReadyPolicy byDefault() {
        return byDefault;
    }

    /**
     * The policy of a reference.
     *
     * @param reference {@code name} or {@code name@digest}, where the digest may be cut after eight of its digits; null
     *     for the default
     * @throws RefusedException when it is not loaded
     */
    public ReadyPolicy find(@Nullable String reference) {
        if (reference == null) {
            return byDefault;
        }
        int at = reference.indexOf('@');
        String name = at < 0 ? reference : reference.substring(0, at);
        for (ReadyPolicy policy : policies) {
            if (policy.bundle().name().equals(name)) {
                return withDigest(policy, at < 0 ? "" : reference.substring(at + 1));
            }
        }
        List<String> names =
                all().stream().map(policy -> policy.bundle().name()).toList();
        throw RefusedException.invalid(Refusal.parameter(
                "policy", "`" + name + "` is not a policy here. Maybe " + Suggestion.nearest(name, names)));
    }

    private static ReadyPolicy withDigest(ReadyPolicy policy, String digest) {
        String loaded = policy.bundle().digest();
        String asked = digest.isEmpty() || digest.startsWith("sha256:") ? digest : "sha256:" + digest;
        if (asked.isEmpty() || (asked.length() >= LEAST_DIGEST_PREFIX && loaded.startsWith(asked))) {
            return policy;
        }
        throw RefusedException.invalid(Refusal.parameter(
                "policy",
                "`" + policy.bundle().name() + "` is not loaded in version `" + digest + "`. Maybe `" + loaded + "`"));
    }

    @Override
    public void close() {
        policies.forEach(ReadyPolicy::close);
    }
}
