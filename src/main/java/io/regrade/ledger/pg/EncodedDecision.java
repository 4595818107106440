package io.regrade.ledger.pg;

import io.regrade.decision.Decision;
import io.regrade.ledger.Advice;
import io.regrade.ledger.Asker;
import io.regrade.ledger.Provenance;
import io.regrade.ledger.pg.Bodies.Body;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A decision in the form in which it is stored; everything that takes time is done.
 *
 * @param decision the decision without its trace, which is large and may wait for long
 * @param provenance what it was made with
 * @param asker who asked
 * @param evaluation the fleet evaluation it belongs to, null for none
 * @param key what its row says of it
 * @param rules the ids of the rules that fired
 * @param salt 32 random bytes, which the commitments of its leaf are made with
 * @param body the decision and its trace
 * @param facts the facts
 * @param entry its leaf
 * @param leafHash the hash of its leaf
 * @param advice what it advises, null when it is no advice
 */
record EncodedDecision(
        Decision decision,
        Provenance provenance,
        Asker asker,
        @Nullable String evaluation,
        RowKey key,
        List<String> rules,
        byte[] salt,
        Body body,
        Body facts,
        Body entry,
        byte[] leafHash,
        @Nullable Advice advice) {

    UUID id() {
        return key.id();
    }

    byte[] factsDigest() {
        return key.facts();
    }

    /** What it takes in memory, roughly, bytes. */
    int weight() {
        return 1000
                + body.bytes().length
                + facts.bytes().length
                + entry.bytes().length
                + (advice == null ? 0 : advice.body().length());
    }
}
