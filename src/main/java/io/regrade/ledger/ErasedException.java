package io.regrade.ledger;

/** What was asked for was there, and has been erased since; the message says by whom and when. */
public final class ErasedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ErasedException(String message) {
        super(message);
    }
}
