package io.regrade.ledger;

/** A decision that was dropped because of its age; the message says which one and when. */
public final class DroppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DroppedException(String message) {
        super(message);
    }
}
