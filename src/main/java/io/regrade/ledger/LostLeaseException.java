package io.regrade.ledger;

/** Another server works on it now; nothing was written. */
public final class LostLeaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What was lost. */
    public LostLeaseException(String message) {
        super(message);
    }
}
