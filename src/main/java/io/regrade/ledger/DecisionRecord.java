package io.regrade.ledger;

import io.regrade.decision.Decision;
import org.jspecify.annotations.Nullable;

/**
 * A decision and what it was made of, so that it can be made again.
 *
 * @param decision the decision with its trace
 * @param facts what was known of the machine: the canonical JSON that the decision's facts digest is made of; not to be
 *     changed
 * @param provenance what it was made with
 * @param asker who asked
 * @param evaluation the fleet evaluation it belongs to, null for none
 * @param advice whether it becomes the machine's advice: the machine is held, and the question was not "what if"
 */
public record DecisionRecord(
        Decision decision,
        byte[] facts,
        Provenance provenance,
        Asker asker,
        @Nullable String evaluation,
        boolean advice) {}
