package io.regrade.ledger;

import io.regrade.decision.PolicyRef;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * What a run of decisions was made with, so that they can be made again. The catalogue is asked for only
 * when it is not stored yet.
 *
 * @param policy the policy's name and digest
 * @param policyFiles text by path, all files of the policy, of which its digest can be worked out again
 * @param catalogDigest {@code sha256:…} over {@code catalogContent}
 * @param catalogContent a line of canonical JSON for each target, then one for the business model
 * @param engine the program and the rule engine with their versions, such as {@code regrade/0.1.0 drools/10.2.0}
 */
public record Provenance(
        PolicyRef policy,
        SortedMap<String, String> policyFiles,
        String catalogDigest,
        Supplier<byte[]> catalogContent,
        String engine) {}
