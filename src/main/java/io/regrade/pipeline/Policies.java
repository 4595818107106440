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
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The policies that are live, by name and digest. What is activated decides from the next request on; what is under way
 * ends with the version it began with. Thread-safe; closing it closes them.
 */
public final class Policies implements AutoCloseable {

    /** Versions of a policy that stay loaded, so that they can be pinned, and gone back to at once. */
    private static final int KEPT = 3;

    private static final int LEAST_DIGEST_PREFIX = "sha256:".length() + 8;

    private final String defaultName;
    private final int kept;

    /** What holds now; replaced as a whole, under the lock of this. */
    private volatile SortedMap<String, PolicyVersions> live;

    /**
     * Offers these policies, each active under its name.
     *
     * @param policies at least one, each name once; closed with this
     * @param byDefault the one that is used when none is named, one of them
     */
    public Policies(List<ReadyPolicy> policies, ReadyPolicy byDefault) {
        this(policies, byDefault.bundle().name(), KEPT);
    }

    /** As above; {@code kept} versions of a policy stay loaded, at least one. */
    Policies(List<ReadyPolicy> policies, String defaultName, int kept) {
        SortedMap<String, PolicyVersions> first = new TreeMap<>();
        for (ReadyPolicy policy : policies) {
            first.put(policy.bundle().name(), new PolicyVersions(new CountedPolicy(policy), List.of()));
        }
        this.live = first;
        this.defaultName = defaultName;
        this.kept = kept;
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
        return problem.in(file.toString());
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

    /** The active version of each policy, by name: to look at. Who evaluates takes a {@link #lease}. */
    public List<ReadyPolicy> all() {
        return live.values().stream()
                .map(versions -> versions.active().policy())
                .toList();
    }

    /** The active version of the policy that is used when none is named: to look at. */
    public ReadyPolicy byDefault() {
        return versions(live, defaultName).active().policy();
    }

    /** Every version that is loaded, by name, the active one of a policy first: to look at. */
    public List<ReadyPolicy> loaded() {
        return live.values().stream()
                .flatMap(versions -> versions.all().stream())
                .map(CountedPolicy::policy)
                .toList();
    }

    /**
     * The version of a reference: to look at. Who evaluates takes a {@link #lease}.
     *
     * @param reference {@code name} or {@code name@digest}, where the digest may be cut after eight of its digits; null
     *     for the default
     * @throws RefusedException when it is not loaded
     */
    public ReadyPolicy find(@Nullable String reference) {
        return find(live, reference).policy();
    }

    /**
     * The version of a reference, which stays open until the lease is closed.
     *
     * @param reference as for {@link #find}
     * @throws RefusedException when it is not loaded
     */
    public PolicyLease lease(@Nullable String reference) {
        CountedPolicy found = find(live, reference);
        while (!found.take()) {
            found = find(live, reference); // it went in this very moment: there is a newer state
        }
        return new PolicyLease(found);
    }

    /**
     * Lets a version decide from now on. A version that is loaded already is used as it is, and the given one closed.
     *
     * @param policy compiled; this closes it when it is no longer needed
     * @return whether that changed anything: it may have been active already
     */
    public synchronized boolean activate(ReadyPolicy policy) {
        String name = policy.bundle().name();
        PolicyVersions now = live.get(name);
        CountedPolicy loaded = now == null ? null : now.byDigest(policy.bundle().digest());
        if (loaded != null) {
            if (loaded.policy() != policy) {
                policy.close();
            }
            if (now.active() == loaded) {
                return false;
            }
        }
        CountedPolicy next = loaded == null ? new CountedPolicy(policy) : loaded;
        replace(name, now == null ? new PolicyVersions(next, List.of()) : now.activated(next));
        return true;
    }

    /**
     * Lets the version decide again that decided before the active one.
     *
     * @return the version that decides now
     * @throws RefusedException when there is no such policy, or no version before
     */
    public synchronized ReadyPolicy rollback(String name) {
        PolicyVersions now = versions(live, name);
        if (now.before().isEmpty()) {
            throw RefusedException.invalid(
                    Refusal.parameter("name", "`" + name + "` has no version to go back to: none was active before"));
        }
        List<CountedPolicy> rest = new ArrayList<>(now.before());
        CountedPolicy previous = rest.remove(0);
        rest.add(now.active());
        replace(name, new PolicyVersions(previous, rest));
        return previous.policy();
    }

    private void replace(String name, PolicyVersions wanted) {
        PolicyVersions before = live.get(name);
        PolicyVersions after = wanted.atMost(kept);
        SortedMap<String, PolicyVersions> next = new TreeMap<>(live);
        next.put(name, after);
        live = next;
        if (before != null) {
            before.all().stream().filter(one -> !after.all().contains(one)).forEach(CountedPolicy::letGo);
        }
    }

    private CountedPolicy find(SortedMap<String, PolicyVersions> state, @Nullable String reference) {
        if (reference == null) {
            return versions(state, defaultName).active();
        }
        int at = reference.indexOf('@');
        PolicyVersions versions = versions(state, at < 0 ? reference : reference.substring(0, at));
        return at < 0 ? versions.active() : withDigest(versions, reference.substring(at + 1));
    }

    private static PolicyVersions versions(SortedMap<String, PolicyVersions> state, String name) {
        PolicyVersions versions = state.get(name);
        if (versions == null) {
            throw RefusedException.invalid(Refusal.parameter(
                    "policy",
                    "`" + name + "` is not a policy here. Maybe " + Suggestion.nearest(name, state.keySet())));
        }
        return versions;
    }

    private static CountedPolicy withDigest(PolicyVersions versions, String digest) {
        String asked = digest.startsWith("sha256:") ? digest : "sha256:" + digest;
        CountedPolicy found = asked.length() >= LEAST_DIGEST_PREFIX ? versions.byDigest(asked) : null;
        if (found == null) {
            throw RefusedException.invalid(Refusal.parameter(
                    "policy",
                    "`" + versions.name() + "` is not loaded in version `" + digest + "`. Maybe `"
                            + versions.active().policy().bundle().digest() + "`"));
        }
        return found;
    }

    @Override
    public synchronized void close() {
        live.values().forEach(versions -> versions.all().forEach(CountedPolicy::letGo));
        live = new TreeMap<>();
    }
}
