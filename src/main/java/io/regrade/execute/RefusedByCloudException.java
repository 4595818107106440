package io.regrade.execute;

/** A cloud has said no, and has done nothing. */
public final class RefusedByCloudException extends Exception {

    private static final long serialVersionUID = 1L;

    /** A refusal in words for people. */
    public RefusedByCloudException(String message) {
        super(message);
    }
}
