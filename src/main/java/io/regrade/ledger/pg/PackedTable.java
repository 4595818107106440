package io.regrade.ledger.pg;

import java.sql.Connection;
import java.sql.SQLException;

/** A table of packed bodies that is gone through once, from its first row to its last. */
interface PackedTable {

    /** So many rows are packed again in one transaction. */
    int AT_ONCE = 500;

    String name();

    /** Packs what was stored without a dictionary, as far as there is one by now, in transactions of its own; gives how many. */
    int packPlain(Connection connection) throws SQLException;

    /** Goes back to before the first row. */
    void begin();

    /**
     * Packs the next rows anew that are packed with outdated dictionaries; gives how many, 0 at the end. Rows that somebody
     * else has locked are left out.
     */
    int renewSome(Connection connection) throws SQLException;
}
