package io.regrade.telemetry.pg;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to the database; each belongs to who asked for it. Thread-safe. */
@FunctionalInterface
public interface Connections {

    Connection open() throws SQLException;
}
