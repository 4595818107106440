package io.regrade.execute;

/** A cloud has not said whether it did what it was asked: it was away, too slow, or failed itself. */
public final class NoAnswerException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What happened instead of an answer. */
    public NoAnswerException(String message) {
        super(message);
    }

    /** What happened instead of an answer, and why. */
    public NoAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
