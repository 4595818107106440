package io.regrade.ledger.pack;

/** What was packed cannot be read again. */
public final class DamagedPackException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DamagedPackException(String message) {
        super(message);
    }
}
