package io.regrade.tlog;

/** A text or bytes are not of the form they should have; the message says what is wrong and where. */
public final class MalformedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedException(String message) {
        super(message);
    }
}
