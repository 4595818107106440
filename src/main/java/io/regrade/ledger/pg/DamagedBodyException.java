package io.regrade.ledger.pg;

import io.regrade.ledger.pack.DamagedPackException;
import java.sql.SQLException;

/** A stored body that cannot be read: it was changed behind Regrade's back. */
final class DamagedBodyException extends SQLException {

    private static final long serialVersionUID = 1;

    DamagedBodyException(DamagedPackException cause) {
        super("a stored body is damaged: " + cause.getMessage(), cause);
    }
}
