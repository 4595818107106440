package io.regrade.ledger.pg;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to the database; each belongs to who asked for it. Thread-safe. */
@FunctionalInterface
public interface ConnectionSource {

    Connection open() throws SQLException;
}
