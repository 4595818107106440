package io.regrade.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.SortedMap;

/**
 * A stored decision with everything it was made of, as it was stored.
 *
 * @param decision the decision with all of its explanation and its trace, as {@link
 *     io.regrade.decision.DecisionJson.Detail#FULL} writes it
 * @param facts canonical JSON of {@link io.regrade.decision.FactJson#facts}
 * @param policyFiles see {@link Provenance#policyFiles()}
 * @param catalog see {@link Provenance#catalogContent()}
 * @param decidedAt the moment it was decided at, the evaluation time of its rules
 * @param engine see {@link Provenance#engine()}
 */
public record Evidence(
        ObjectNode decision,
        byte[] facts,
        SortedMap<String, String> policyFiles,
        byte[] catalog,
        Instant decidedAt,
        String engine) {}
