package io.regrade.pipeline;

import io.regrade.decision.PolicyRef;
import io.regrade.engine.RuleCompiler;
import io.regrade.fact.Suggestion;
import io.regrade.policy.PolicyException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The policies that are live, by name and digest. What is activated decides from the next request on; what is under way
 * ends with the version it began with. Thread-safe: who asks sees one state, which is replaced as a whole; closing it
 * closes them.
 */
public final class Policies implements AutoCloseable {

    /** Versions of a policy that stay loaded, so that they can be pinned, and gone back to at once. */
    static final int KEPT = 3;

    private static final int LEAST_DIGEST_PREFIX = "sha256:".length() + 8;

    private final LoadedPolicies loaded;
    private final PolicyChoice choice;
    private final StoredVersions stored;
    private final int kept;

    /** Replaced under the lock of this, never changed. */
    private volatile SortedMap<String, PolicyVersions> live;

    /**
     * Offers these policies, each active under its name.
     *
     * @param policies at least one, each name once; closed with this
     * @param loaded what compiles versions that are asked for by digest; closed with this
     * @param choice which policy decides a machine when a request names none; its default is one of the policies
     * @param stored where versions are that are not loaded
     * @param kept how many versions of a policy stay loaded, at least one
     */
    public Policies(
            List<ReadyPolicy> policies, LoadedPolicies loaded, PolicyChoice choice, StoredVersions stored, int kept) {
        SortedMap<String, PolicyVersions> first = new TreeMap<>();
        for (ReadyPolicy policy : policies) {
            first.put(policy.ref().name(), PolicyVersions.of(loaded.adopt(policy)));
        }
        this.live = first;
        this.loaded = loaded;
        this.choice = choice;
        this.stored = stored;
        this.kept = kept;
    }

    /**
     * Loads every policy below a directory, or the one that the directory is; nothing else is stored anywhere.
     *
     * @throws io.regrade.policy.PolicyException with everything that is wrong with any of them
     */
    public static Policies load(Path directory, String defaultName, RuleCompiler compiler) {
        return new Policies(
                PolicyDirectory.load(directory, defaultName, compiler),
                new LoadedPolicies(compiler),
                PolicyChoice.of(defaultName),
                StoredVersions.NONE,
                KEPT);
    }

    /** The versions that are compiled, these and those that were asked for. */
    public LoadedPolicies loadedPolicies() {
        return loaded;
    }

    /** The active version of each policy, by name: to look at. Who evaluates takes a {@link #lease}. */
    public List<ReadyPolicy> all() {
        return live.values().stream()
                .map(versions -> versions.active().policy())
                .toList();
    }

    /** The active version of the policy that is used when none is named: to look at. */
    public ReadyPolicy byDefault() {
        return versions(live, choice.byDefault()).active().policy();
    }

    /** The name of the policy that is used when neither the request nor the machine names one. */
    public String defaultName() {
        return choice.byDefault();
    }

    /** What is live of each policy, by name. */
    public List<LiveVersions> versions() {
        return live.values().stream().map(LiveVersions::of).toList();
    }

    /** What is live of a policy; empty when there is none of the name. */
    public Optional<LiveVersions> versions(String name) {
        return Optional.ofNullable(live.get(name)).map(LiveVersions::of);
    }

    /**
     * The version of a reference: to look at. Who evaluates takes a {@link #lease}.
     *
     * @param reference {@code name} or {@code name@digest}, where the digest may be cut after eight of its digits; null
     *     for the default
     * @throws RefusedException when it is neither loaded nor stored
     */
    public ReadyPolicy find(@Nullable String reference) {
        try (PolicyLease lease = lease(reference)) {
            return lease.policy();
        }
    }

    /**
     * The version of a reference, which stays open until the lease is closed. One that is not loaded, but stored, is
     * loaded.
     *
     * @param reference as for {@link #find}
     * @throws RefusedException when it is neither loaded nor stored
     */
    public PolicyLease lease(@Nullable String reference) {
        int at = reference == null ? -1 : reference.indexOf('@');
        String name = reference == null ? choice.byDefault() : at < 0 ? reference : reference.substring(0, at);
        while (true) {
            PolicyVersions versions = versions(live, name);
            if (reference != null && at >= 0) {
                return withDigest(versions, reference.substring(at + 1));
            }
            if (versions.active().take()) {
                return new PolicyLease(versions.active());
            }
            // it went in this very moment: there is a newer state
        }
    }

    private PolicyLease withDigest(PolicyVersions versions, String digest) {
        String asked = digest.startsWith("sha256:") ? digest : "sha256:" + digest;
        Optional<PolicyLease> found =
                asked.length() < LEAST_DIGEST_PREFIX ? Optional.empty() : stored(versions.name(), asked);
        return found.orElseThrow(() -> RefusedException.invalid(Refusal.parameter(
                "policy",
                "`" + versions.name() + "` has no version `" + digest + "` here. Maybe `"
                        + versions.active().digest() + "`")));
    }

    /** A version, whether a policy of the name is live or not. */
    PolicyLease version(String name, String digest) {
        return stored(name, digest)
                .orElseThrow(() -> RefusedException.invalid(
                        Refusal.parameter("policy", "`" + name + "` has no version `" + digest + "` here")));
    }

    private Optional<PolicyLease> stored(String name, String digest) {
        Optional<PolicyLease> found = loaded.find(name, digest);
        if (found.isPresent()) {
            if (stored.vouchFor(found.get().policy())) {
                return found;
            }
            found.get().close();
        }
        try {
            return stored.policy(name, digest)
                    .filter(version -> version.name().equals(name))
                    .map(version -> loaded.lease(version.digest(), () -> version));
        } catch (PolicyException e) {
            throw RefusedException.invalid(Refusal.parameter(
                    "policy", "this version of Regrade cannot use the stored policy:\n" + e.getMessage()));
        }
    }

    /**
     * What decides the machines of a request, each by its version.
     *
     * @param reference {@code name@digest} for exactly that version, {@code name} for what decides by that policy, null for
     *     the policy that each machine is for
     * @throws RefusedException when it is neither loaded nor stored
     */
    public PolicySelection select(@Nullable String reference) {
        if (reference != null && reference.indexOf('@') >= 0) {
            PolicyLease lease = lease(reference);
            PolicyRef ref = lease.policy().ref();
            return new PolicySelection(Assignment.pinned(ref), Map.of(ref, lease));
        }
        PolicySelection selection = null;
        while (selection == null) {
            selection = taken(live, reference); // null when a version went in this very moment
        }
        return selection;
    }

    private @Nullable PolicySelection taken(SortedMap<String, PolicyVersions> state, @Nullable String name) {
        Assignment assignment;
        List<PolicyVersions> used;
        if (name == null) {
            SortedMap<String, Assignment.Versions> assigned = new TreeMap<>();
            state.forEach((key, versions) -> assigned.put(key, versions.assigned()));
            assignment = new Assignment(choice, assigned);
            used = List.copyOf(state.values());
        } else {
            PolicyVersions versions = versions(state, name);
            assignment = Assignment.of(name, versions.assigned());
            used = List.of(versions);
        }
        Map<PolicyRef, PolicyLease> leases = new HashMap<>();
        for (PolicyVersions versions : used) {
            for (CountedPolicy one : versions.deciding()) {
                if (!one.take()) {
                    leases.values().forEach(PolicyLease::close);
                    return null;
                }
                PolicyLease other = leases.put(one.policy().ref(), new PolicyLease(one));
                if (other != null) {
                    other.close();
                }
            }
        }
        return new PolicySelection(assignment, leases);
    }

    /**
     * What an earlier selection decided by, whatever is live now.
     *
     * @throws RefusedException when one of its versions is neither loaded nor stored
     */
    PolicySelection resume(Assignment assignment) {
        Map<PolicyRef, PolicyLease> leases = new HashMap<>();
        try {
            for (PolicyRef ref : assignment.refs()) {
                leases.put(ref, lease(ref.name() + "@" + ref.digest()));
            }
        } catch (RuntimeException e) {
            leases.values().forEach(PolicyLease::close);
            throw e;
        }
        return new PolicySelection(assignment, leases);
    }

    /** Takes over a version, or closes it for the one of the same digest that is loaded. */
    PolicyLease adopted(ReadyPolicy policy) {
        return new PolicyLease(loaded.adopt(policy));
    }

    /** How many versions of a policy are held ready. */
    int kept() {
        return kept;
    }

    /**
     * Lets a version decide all machines of its policy from now on; a canary of the policy ends. {@link Rollout#activate}
     * is what also keeps it and tells it.
     *
     * @param policy compiled; taken over
     * @return whether that changed anything: it may have been active already
     */
    public boolean activate(ReadyPolicy policy) {
        try (PolicyLease version = adopted(policy)) {
            return activate(version);
        }
    }

    synchronized boolean activate(PolicyLease version) {
        CountedPolicy next = version.counted();
        PolicyVersions now = live.get(version.policy().ref().name());
        if (now == null) {
            replace(null, PolicyVersions.of(next));
            return true;
        }
        boolean changes = now.active() != next || now.canary() != null;
        replace(now, now.active() == next ? now.untried() : now.activated(next));
        return changes;
    }

    /**
     * Lets the version decide again that decided before the active one; a canary of the policy ends.
     *
     * @return the version that decides now
     * @throws RefusedException when there is no such policy, or no version before
     */
    public synchronized ReadyPolicy rollback(String name) {
        PolicyVersions now = versions(live, name);
        if (now.before().isEmpty()) {
            throw nothingBefore(name);
        }
        replace(now, now.rolledBack());
        return versions(live, name).active().policy();
    }

    static RefusedException nothingBefore(String name) {
        return RefusedException.invalid(
                Refusal.parameter("name", "`" + name + "` has no version to go back to: none was active before"));
    }

    /** Puts a policy as it was: what decides, and what can be gone back to, newest first. */
    synchronized void restore(PolicyLease active, List<PolicyLease> before) {
        PolicyVersions now = live.get(active.policy().ref().name());
        List<CountedPolicy> older = before.stream()
                .map(PolicyLease::counted)
                .filter(one -> one != active.counted())
                .toList();
        replace(now, PolicyVersions.of(active.counted()).after(older));
    }

    /** Throws unless a version may be tried beside the active one of its policy. */
    void checkTrial(PolicyRef version) {
        if (versions(live, version.name()).active().digest().equals(version.digest())) {
            throw RefusedException.invalid(
                    Refusal.pointer("/digest", "`" + version.digest() + "` decides all machines already"));
        }
    }

    /** Lets a version decide a share of its policy's machines from now on, in place of the one that did so before. */
    synchronized void tryOut(PolicyLease version, VmShare share) {
        checkTrial(version.policy().ref());
        PolicyVersions now = versions(live, version.policy().ref().name());
        replace(now, now.tried(version.counted(), share));
    }

    /** Ends the canary of a policy, if there is one. */
    synchronized void withdraw(String name) {
        PolicyVersions now = versions(live, name);
        replace(now, now.untried());
    }

    RefusedException unknown(String name) {
        return unknown(live, name);
    }

    private void replace(@Nullable PolicyVersions now, PolicyVersions wanted) {
        PolicyVersions after = wanted.atMost(kept);
        List<CountedPolicy> held = now == null ? List.of() : now.all();
        List<CountedPolicy> holding = after.all();
        for (CountedPolicy one : holding) {
            if (!held.contains(one) && !one.take()) {
                throw new IllegalStateException("a version was closed while it was being activated");
            }
        }
        SortedMap<String, PolicyVersions> next = new TreeMap<>(live);
        next.put(after.name(), after);
        live = next;
        held.stream().filter(one -> !holding.contains(one)).forEach(CountedPolicy::letGo);
    }

    private static PolicyVersions versions(SortedMap<String, PolicyVersions> state, String name) {
        PolicyVersions versions = state.get(name);
        if (versions == null) {
            throw unknown(state, name);
        }
        return versions;
    }

    private static RefusedException unknown(SortedMap<String, PolicyVersions> state, String name) {
        return RefusedException.invalid(Refusal.parameter(
                "policy", "`" + name + "` is not a policy here. Maybe " + Suggestion.nearest(name, state.keySet())));
    }

    @Override
    public synchronized void close() {
        List<CountedPolicy> held = new ArrayList<>();
        live.values().forEach(versions -> held.addAll(versions.all()));
        live = new TreeMap<>();
        held.forEach(CountedPolicy::letGo);
        loaded.close();
    }
}
