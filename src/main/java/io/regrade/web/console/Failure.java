package io.regrade.web.console;

import io.regrade.ledger.DroppedException;
import io.regrade.ledger.ErasedException;
import io.regrade.ledger.InvalidCursorException;
import io.regrade.ledger.LedgerUnavailableException;
import io.regrade.pipeline.EvidenceException;
import io.regrade.pipeline.UnknownFactException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why a page cannot be shown.
 *
 * @param status the status of HTTP
 * @param title what happened, in few words
 * @param detail what happened, in a sentence
 */
public record Failure(int status, String title, String detail) {

    private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

    /** A page about something that is not there. */
    static final class NotFound extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotFound(String message) {
            super(message);
        }
    }

    /** What a failure is to whoever looks; what nobody has foreseen is logged, and nobody's business outside. */
    static Failure of(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return of(failure.getCause());
        } else if (failure instanceof NotFound) {
            return new Failure(404, "Not found", message);
        } else if (failure instanceof UnknownFactException || failure instanceof EvidenceException) {
            return new Failure(422, "That cannot be decided again", message);
        } else if (failure instanceof ErasedException) {
            return new Failure(410, "Erased", message);
        } else if (failure instanceof DroppedException) {
            return new Failure(410, "No longer kept", message);
        } else if (failure instanceof InvalidCursorException) {
            return new Failure(400, "This page is no more", message);
        } else if (failure instanceof LedgerUnavailableException) {
            return new Failure(503, "The ledger is away", message + ". Maybe ask again in a moment.");
        }
        LOG.error("a page of the console failed", failure);
        return new Failure(
                500, "That did not work", "The page could not be made; what happened is in the server's log.");
    }
}
