package io.regrade.pipeline;

/** A question about a target that is not in the catalogue; the message names the nearest ones. */
public final class UnknownTargetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownTargetException(String message) {
        super(message);
    }
}
