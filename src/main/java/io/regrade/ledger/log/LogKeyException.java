package io.regrade.ledger.log;

/** The log's key cannot be used; the message names the file or variable and says why, without telling any of the key. */
public final class LogKeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LogKeyException(String message) {
        super(message);
    }
}
