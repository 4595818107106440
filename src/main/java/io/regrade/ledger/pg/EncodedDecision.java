package io.regrade.ledger.pg;

import io.regrade.ledger.Advice;
import io.regrade.ledger.DecisionRecord;
import io.regrade.ledger.pg.Bodies.Body;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A decision in the form in which it is stored; everything that takes time is done.
 *
 * @param record what it was made of
 * @param id its id
 * @param rules the ids of the rules that fired
 * @param salt 32 random bytes, which the commitments of its leaf are made with
 * @param body the decision and its trace
 * @param factsDigest SHA-256 of the facts
 * @param facts the facts
 * @param entry its leaf
 * @param leafHash the hash of its leaf
 * @param advice what it advises, null when it is no advice
 */
record EncodedDecision(
        DecisionRecord record,
        UUID id,
        List<String> rules,
        byte[] salt,
        Body body,
        byte[] factsDigest,
        Body facts,
        byte[] entry,
        byte[] leafHash,
        @Nullable Advice advice) {

    /** What it takes in memory, roughly, bytes. */
    int weight() {
        return 1000
                + body.bytes().length
                + facts.bytes().length
                + entry.length
                + (advice == null ? 0 : advice.body().length());
    }
}
