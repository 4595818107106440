package io.regrade.ledger.pg;

import io.regrade.decision.CanonicalJson;
import io.regrade.decision.Decision;
import io.regrade.decision.DecisionJson;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.decision.TraceJson;
import io.regrade.ledger.Advice;
import io.regrade.ledger.DecisionRecord;
import io.regrade.ledger.log.Commitments;
import io.regrade.ledger.log.Leaf;
import io.regrade.ledger.log.TreeEdge;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** Puts decisions into the form in which they are stored, on the threads of those who save them. Thread-safe. */
final class Encoder {

    private final Bodies bodies;
    private final ThreadLocal<SecureRandom> random = ThreadLocal.withInitial(SecureRandom::new);

    Encoder(Bodies bodies) {
        this.bodies = bodies;
    }

    EncodedDecision encode(DecisionRecord record) {
        Decision decision = record.decision();
        StoredBody body = new StoredBody(
                CanonicalJson.bytes(DecisionJson.decision(decision, Detail.SUMMARY)),
                CanonicalJson.bytes(TraceJson.trace(decision.trace())));
        byte[] salt = Commitments.salt(random.get());
        Commitments commitments = Commitments.of(
                salt,
                decision.factsDigest(),
                body.trace(),
                body.decision(),
                decision.vm().id());
        byte[] entry = Leaf.decision(record, commitments).entry();
        RowKey key = new RowKey(
                uuid(decision.id()),
                decision.vm().id(),
                decision.decidedAt(),
                DecisionTable.bytes(decision.factsDigest()),
                decision.policy().digest());
        Subject subject = new Subject(key.vm(), record.facts());
        return new EncodedDecision(
                decision.withoutTrace(),
                record.provenance(),
                record.asker(),
                record.evaluation(),
                key,
                decision.trace().rules(),
                salt,
                bodies.pack(key.purpose(), body.joined(), key.context(), subject),
                bodies.pack(Bodies.FACTS, record.facts(), List.of(), subject),
                bodies.pack(Bodies.ENTRY, entry, List.of(), subject),
                TreeEdge.leafHash(entry),
                Advice.of(record).orElse(null));
    }

    /**
     * A decision's id as it is stored.
     *
     * @throws IllegalArgumentException when it is not 32 hexadecimal digits
     */
    static UUID uuid(String id) {
        if (id.length() != 32) {
            throw new IllegalArgumentException("`" + id + "` is not the id of a decision");
        }
        return new UUID(Long.parseUnsignedLong(id, 0, 16, 16), Long.parseUnsignedLong(id, 16, 32, 16));
    }

    /** The id of what is stored under it. */
    static String id(UUID uuid) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(uuid.getMostSignificantBits()) + hex.toHexDigits(uuid.getLeastSignificantBits());
    }
}
