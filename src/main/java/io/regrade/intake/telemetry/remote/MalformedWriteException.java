package io.regrade.intake.telemetry.remote;

/** A body is no remote write; the message says why and at which byte. Sending it again would not help. */
public final class MalformedWriteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedWriteException(String message) {
        super(message);
    }
}
