package io.regrade.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is live of one policy, in digests, as it has to be again after a restart. Immutable.
 *
 * @param name the policy
 * @param active what decides
 * @param before what decided before it, newest first; rolling back goes there
 * @param canary what decides a share of the machines instead, null for none
 * @param shadow what decides beside it without being answered, null for none
 * @param onDisk what the files said when they were last taken over, null when they never were
 */
public record LivePolicy(
        String name,
        String active,
        List<String> before,
        @Nullable Trial canary,
        @Nullable Trial shadow,
        @Nullable String onDisk) {

    /**
     * A version on trial.
     *
     * @param digest the version
     * @param share of the policy's machines, percent
     */
    public record Trial(String digest, double share) {}

    /** Copies the list. */
    public LivePolicy {
        before = List.copyOf(before);
    }

    /** A policy of one version. */
    public static LivePolicy of(String name, String active) {
        return new LivePolicy(name, active, List.of(), null, null, null);
    }

    /** With another version that decides all machines; at most so many are kept, that one counted. */
    public LivePolicy activated(String digest, int kept) {
        List<String> rest = new ArrayList<>();
        rest.add(active);
        rest.addAll(before);
        rest.removeIf(digest::equals);
        return with(digest, rest.subList(0, Math.min(rest.size(), kept - 1)));
    }

    /** With the version before that decides all machines; there is one. */
    public LivePolicy rolledBack() {
        List<String> rest = new ArrayList<>(before);
        String previous = rest.remove(0);
        rest.add(active);
        return with(previous, rest);
    }

    private LivePolicy with(String digest, List<String> rest) {
        return new LivePolicy(name, digest, rest, null, shadow, onDisk);
    }

    /** With another canary, or none. */
    public LivePolicy tried(@Nullable Trial other) {
        return new LivePolicy(name, active, before, other, shadow, onDisk);
    }

    /** With another shadow, or none. */
    public LivePolicy shadowed(@Nullable Trial other) {
        return new LivePolicy(name, active, before, canary, other, onDisk);
    }

    /** With other files that were taken over. */
    public LivePolicy seenOnDisk(String digest) {
        return new LivePolicy(name, active, before, canary, shadow, digest);
    }

    /** With older versions in place of those before. */
    public LivePolicy after(List<String> older) {
        return new LivePolicy(name, active, older, canary, shadow, onDisk);
    }
}
