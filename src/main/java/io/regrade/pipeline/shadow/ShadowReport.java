package io.regrade.pipeline.shadow;

import io.regrade.decision.Decision;
import io.regrade.decision.PolicyRef;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a version that decides beside its policy has agreed with it. Immutable.
 *
 * @param version the shadow
 * @param share of the policy's machines that it decides, percent
 * @param since when this server began to count
 * @param same decisions with the same action, target and configuration
 * @param different decisions with others
 * @param failed decisions that the shadow could not make
 * @param dropped decisions that it had no time for
 * @param changes the different ones by what they were and would have been
 * @param savingActive what the compared decisions save as they were answered, US dollars a month; unknown counts as nothing
 * @param savingShadow what they would save by the shadow
 * @param examples machines that differed or failed, the last ones first
 */
public record ShadowReport(
        PolicyRef version,
        double share,
        Instant since,
        long same,
        long different,
        long failed,
        long dropped,
        SortedMap<Change, Long> changes,
        double savingActive,
        double savingShadow,
        List<Example> examples) {

    /** Copies the collections. */
    public ShadowReport {
        changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
        examples = List.copyOf(examples);
    }

    /**
     * From one action to another, which may be the same with another target.
     *
     * @param from the action that was answered
     * @param to the shadow's action
     */
    public record Change(String from, String to) implements Comparable<Change> {
        @Override
        public int compareTo(Change other) {
            int first = from.compareTo(other.from);
            return first != 0 ? first : to.compareTo(other.to);
        }
    }

    /**
     * A decision in short.
     *
     * @param digest of the version that made it
     * @param target the target's id, null for none
     * @param savingUsdMonth US dollars a month, NaN when unknown
     * @param why the reason in words
     */
    public record Side(
            String digest, String action, @Nullable String target, double savingUsdMonth, String why) {

        static Side of(Decision decision) {
            return new Side(
                    decision.policy().digest(),
                    decision.action().key(),
                    decision.target() == null ? null : decision.target().id(),
                    decision.savingUsdMonth(),
                    decision.why());
        }
    }

    /**
     * A machine that differed.
     *
     * @param shadow null when the shadow could not decide it
     * @param failure why it could not, null when it could
     */
    public record Example(
            String vm,
            Side live,
            @Nullable Side shadow,
            @Nullable String failure) {}
}
