package io.regrade.pipeline;

/** Evidence that cannot be used: it is not what its digests were made of, or not in a form that is read here. */
public final class EvidenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong with which part of it. */
    public EvidenceException(String message) {
        super(message);
    }

    EvidenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
