package io.regrade.ledger;

/** What is held is not as the change expected; nothing was changed. */
public final class ExpectationFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ExpectationFailedException(String message) {
        super(message);
    }
}
