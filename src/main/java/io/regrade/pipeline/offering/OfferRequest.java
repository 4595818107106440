package io.regrade.pipeline.offering;

import io.regrade.offer.Agreement;
import io.regrade.offer.Recipient;
import io.regrade.offer.Terms;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be offered to whom.
 *
 * @param recommendation the recommendation to offer, null for a plan's share
 * @param plan the plan to offer a share of, null for a recommendation
 * @param owner of a plan only the machines of this owner, null for all
 * @param cloud of a plan only the machines in this cloud, null for all
 * @param to whom
 * @param conditions how the move is done
 * @param agreements what holds after it
 * @param validUntil when the offer ends, null for a week from now
 * @param priceValidUntil when its price ends, null for when it ends itself
 */
public record OfferRequest(
        @Nullable String recommendation,
        @Nullable String plan,
        @Nullable String owner,
        @Nullable String cloud,
        List<Recipient> to,
        Terms conditions,
        List<Agreement> agreements,
        @Nullable Instant validUntil,
        @Nullable Instant priceValidUntil) {

    /** Copies the lists. */
    public OfferRequest {
        to = List.copyOf(to);
        agreements = List.copyOf(agreements);
    }
}
