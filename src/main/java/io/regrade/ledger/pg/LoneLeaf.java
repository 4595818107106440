package io.regrade.ledger.pg;

import io.regrade.ledger.LedgerUnavailableException;
import io.regrade.ledger.log.Appended;
import io.regrade.ledger.log.Leaf;
import io.regrade.ledger.log.LogKey;
import io.regrade.ledger.log.TreeEdge;
import io.regrade.ledger.pg.LogTables.Head;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** A leaf that is appended beside the writer, in a transaction that does more than record decisions. */
final class LoneLeaf {

    private LoneLeaf() {}

    /**
     * Appends it to the log whose head the caller has locked.
     *
     * @param key signs the log from here on
     * @throws LedgerUnavailableException when the log there is damaged
     */
    static void append(Connection connection, Head head, Leaf leaf, LogKey key, Instant now) throws SQLException {
        TreeEdge edge = new LogTables(new Bodies(new Dictionaries())).edge(connection, head.size());
        if (!Arrays.equals(edge.root(), head.root())) {
            throw new LedgerUnavailableException("the log is damaged: its entries and tiles do not give its root");
        }
        Appended appended = edge.append(List.of(leaf.hash()));
        Together together = new Together(connection);
        LogTables.append(together, head.size(), List.of(Bodies.alone(leaf.entry())), appended);
        TreeEdge grown = appended.edge();
        String checkpoint = key.checkpoint(grown.size(), grown.root());
        LogTables.move(
                together,
                new Head(grown.size(), head.decisions(), grown.root(), checkpoint, key.vkey(), head.retentions()),
                now);
        together.send();
    }
}
