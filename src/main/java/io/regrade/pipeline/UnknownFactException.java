package io.regrade.pipeline;

/** A question about a fact that nothing is known of, or that is none; the message names the nearest ones. */
public final class UnknownFactException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownFactException(String message) {
        super(message);
    }
}
