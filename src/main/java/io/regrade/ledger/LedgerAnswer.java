package io.regrade.ledger;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Waits for what a ledger answers. */
public final class LedgerAnswer {

    private LedgerAnswer() {}

    /** The answer; the calling thread waits for it, and gets the reason as it is when there is none. */
    public static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
