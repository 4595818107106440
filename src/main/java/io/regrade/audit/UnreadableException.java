package io.regrade.audit;

/** What is to be verified cannot be read at all; the message says what and why. */
public final class UnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnreadableException(String message) {
        super(message);
    }
}
