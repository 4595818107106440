package io.regrade.fact;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who answers for this machine wanted instead of what was offered, until a moment. Of a machine only the
 * newest counts. NaN, null and empty sets mean: nothing was said.
 *
 * @param wantedFamilies the instance families it may be moved to
 * @param maxPriceUsdMonth the most it may cost after a move, US dollars a month
 * @param windows when it may be moved, each as {@link Window} reads it
 * @param notBefore it is not to be moved before this moment
 * @param until it no longer counts from this moment on
 * @param by who said so
 */
public record CounterOffer(
        Set<String> wantedFamilies,
        @MayBeUnknown double maxPriceUsdMonth,
        Set<String> windows,
        @Nullable Instant notBefore,
        Instant until,
        String by) {

    /** Copies the sets, in a fixed order. */
    public CounterOffer {
        maxPriceUsdMonth = Numbers.plain(maxPriceUsdMonth);
        wantedFamilies = Ordered.copy(wantedFamilies);
        windows = Ordered.copy(windows);
    }

    /** Whether it still counts at the moment of the evaluation. */
    public boolean holdsAt(EvaluationTime time) {
        return until.isAfter(time.at());
    }

    /** Whether the machine is to be left alone at the moment of the evaluation, though not for ever. */
    public boolean waitsAt(EvaluationTime time) {
        return notBefore != null && notBefore.isAfter(time.at());
    }

    /** The wanted families as alternatives of a {@link Requirement}. */
    public String families() {
        return String.join("|", wantedFamilies);
    }
}
