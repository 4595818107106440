package io.regrade.ledger.pg;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A stored body that cannot be read: it was changed behind Regrade's back. */
final class DamagedBodyException extends SQLException {

    private static final long serialVersionUID = 1;

    DamagedBodyException(String message, @Nullable Throwable cause) {
        super("a stored body is damaged: " + message, cause);
    }
}
