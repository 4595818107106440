package io.regrade.ledger;

import io.regrade.decision.Decision;
import io.regrade.fact.VmFacts;

/**
 * A decision and what it was made of, so that it can be made again.
 *
 * @param decision the decision with its trace
 * @param facts what was known of the machine
 * @param catalogDigest {@code sha256:…} over the targets and prices it was made with
 */
public record DecisionRecord(Decision decision, VmFacts facts, String catalogDigest) {}
