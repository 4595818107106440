package io.regrade.ledger.pg;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Something to be written in one piece.
 *
 * @param decisions what is to be stored; what is stored already stays as it is
 * @param step what else is to be done in the same transaction
 * @param weight what it takes in memory, roughly, bytes
 * @param since when it came, {@link System#nanoTime()}
 * @param done completes when it is durable, or with the reason why it is not
 */
record Work(List<EncodedDecision> decisions, Step step, long weight, long since, CompletableFuture<Void> done) {

    /** Part of a transaction. It may be run again after a rollback. */
    @FunctionalInterface
    interface Step {

        /** Nothing else. */
        Step NONE = connection -> List.of();

        /** Does it, and gives the entries that the log is to tell of it. */
        List<byte[]> run(Connection connection) throws SQLException;
    }

    static Work decisions(List<EncodedDecision> decisions) {
        long weight = decisions.stream().mapToLong(EncodedDecision::weight).sum();
        return new Work(decisions, Step.NONE, weight, System.nanoTime(), new CompletableFuture<>());
    }

    static Work step(Step step) {
        return new Work(List.of(), step, 1000, System.nanoTime(), new CompletableFuture<>());
    }
}
