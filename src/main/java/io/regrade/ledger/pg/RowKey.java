package io.regrade.ledger.pg;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * What a decision's row says of it beside its body, and its body therefore need not say again.
 *
 * @param id its id
 * @param vm the machine's id
 * @param decidedAt the evaluation time, to the microsecond, as the database keeps it
 * @param facts SHA-256 of the facts; not to be changed
 * @param policy the policy's digest
 */
record RowKey(UUID id, String vm, Instant decidedAt, byte[] facts, String policy) {

    RowKey {
        decidedAt = decidedAt.truncatedTo(ChronoUnit.MICROS);
    }

    /** What bodies of this policy's decisions are learnt under. */
    String purpose() {
        return purpose(policy);
    }

    static String purpose(String policy) {
        return "decision " + policy;
    }

    /** The strings that a body is packed with; their order is part of the stored form. */
    List<byte[]> context() {
        return List.of(
                Encoder.id(id).getBytes(UTF_8),
                vm.getBytes(UTF_8),
                ("sha256:" + HexFormat.of().formatHex(facts)).getBytes(UTF_8),
                decidedAt.toString().getBytes(UTF_8),
                policy.getBytes(UTF_8));
    }
}
