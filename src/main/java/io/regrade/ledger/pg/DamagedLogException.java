package io.regrade.ledger.pg;

/** The log in the database contradicts itself, or what was committed: nothing more may be written to it. */
final class DamagedLogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DamagedLogException(String message) {
        super(message);
    }
}
