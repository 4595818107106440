package io.regrade.ledger;

/**
 * The store is away or has more to do than it can take; nothing is known to be recorded, and asking again is safe. The
 * message says which.
 */
public final class LedgerUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LedgerUnavailableException(String message) {
        super(message);
    }

    public LedgerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
