package io.regrade.ledger.pg;

import io.regrade.ledger.log.Appended;
import io.regrade.ledger.log.LogKey;
import io.regrade.ledger.log.LogKeyException;
import io.regrade.ledger.log.TreeEdge;
import io.regrade.ledger.pg.Bodies.Body;
import io.regrade.ledger.pg.LogTables.Head;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One transaction of the writer: what waits is stored, the log grows by its leaves, and a new checkpoint is signed. Used
 * by the writer's thread.
 */
final class Transaction {

    private final LogKey key;
    private final DecisionTable table;
    private final LogTables log;
    private final Learning learning;
    private final Clock clock;
    private final UUID writer = UUID.randomUUID();
    private @Nullable TreeEdge edge;
    private @Nullable Head last;
    private long batch;
    private int retentions;

    /**
     * What a transaction did.
     *
     * @param size the log's size after it
     * @param decisions how many decisions are new
     * @param lost how many leaves, once committed, the store has forgotten since; it must be 0
     */
    record Outcome(long size, int decisions, long lost) {}

    Transaction(LogKey key, DecisionTable table, LogTables log, Learning learning, Clock clock) {
        this.key = key;
        this.table = table;
        this.log = log;
        this.learning = learning;
        this.clock = clock;
    }

    /**
     * Makes the head of a log that has none.
     *
     * @throws LogKeyException when the log is signed with another key
     */
    void begin(Connection connection) throws SQLException {
        Instant now = now();
        LogTables.begin(connection, TreeEdge.EMPTY.root(), key.checkpoint(0, TreeEdge.EMPTY.root()), key.vkey(), now);
        Head head = LogTables.head(connection).orElseThrow(() -> new SQLException("the log has no head"));
        connection.commit();
        if (!head.vkey().equals(key.vkey())) {
            throw new LogKeyException("the log in the database is signed with `" + head.vkey() + "`, the key here is `"
                    + key.vkey() + "`. Maybe bring back the key that the log was begun with");
        }
    }

    /** Begins another batch, which may be tried more than once. */
    void next() {
        batch++;
    }

    /** Writes and commits. After a failure the transaction is rolled back, or its fate is not known. */
    Outcome commit(Connection connection, List<Work> works) throws SQLException {
        Head head = LogTables.lock(connection).orElseThrow(() -> new SQLException("the log has no head"));
        if (!head.vkey().equals(key.vkey())) {
            throw new DamagedLogException(
                    "another server passed the log on to the key `" + head.vkey() + "`. Maybe restart with that key");
        }
        if (head.retentions() != retentions) {
            table.forget(); // what it believes to be stored may have been dropped
            retentions = head.retentions();
        }
        long lost = lost(head);
        TreeEdge tree = edge;
        if (tree == null || tree.size() != head.size() || !Arrays.equals(tree.root(), head.root())) {
            tree = log.edge(connection, head.size());
            if (!Arrays.equals(tree.root(), head.root())) {
                throw new DamagedLogException(
                        "the log's entries and tiles do not give the root of its head at size " + head.size());
            }
        }
        Instant now = now();
        List<EncodedDecision> all = new ArrayList<>();
        works.forEach(work -> all.addAll(work.decisions()));
        Together together = new Together(connection);
        List<EncodedDecision> fresh = table.fresh(connection, all, retentions > 0);
        table.insert(together, fresh, head.size(), now);
        AdviceTable.take(together, fresh, now);
        List<Body> entries = new ArrayList<>(fresh.size());
        List<byte[]> hashes = new ArrayList<>(fresh.size());
        for (EncodedDecision one : fresh) {
            entries.add(one.entry());
            hashes.add(one.leafHash());
        }
        for (Work work : works) {
            if (work.step() != Work.Step.NONE) {
                together.send(); // a step may look at what was stored
            }
            for (byte[] entry : work.step().run(connection)) {
                entries.add(Bodies.alone(entry));
                hashes.add(TreeEdge.leafHash(entry));
            }
        }
        Head moved = head;
        if (!entries.isEmpty()) {
            Appended appended = tree.append(hashes);
            LogTables.append(together, head.size(), entries, appended);
            tree = appended.edge();
            moved = new Head(
                    tree.size(),
                    head.decisions() + fresh.size(),
                    tree.root(),
                    key.checkpoint(tree.size(), tree.root()),
                    head.vkey(),
                    head.retentions());
            LogTables.move(together, moved, now);
        }
        remember(together, now);
        together.send();
        connection.commit();
        learning.stored(fresh);
        edge = tree;
        last = moved;
        return new Outcome(moved.size(), fresh.size(), lost);
    }

    /** How many leaves that were committed are gone: the store was set back to an older state. */
    private long lost(Head head) {
        Head before = last;
        if (before == null || head.size() > before.size()) {
            return 0;
        }
        if (head.size() == before.size() && !Arrays.equals(head.root(), before.root())) {
            throw new DamagedLogException("the log has another root at size " + head.size() + " than was committed");
        }
        return before.size() - head.size();
    }

    /** Whether the batch that was tried last has come through, though its commit was cut off. */
    boolean hasCommitted(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select batch from log_writer where writer = ?")) {
            select.setObject(1, writer);
            try (ResultSet row = select.executeQuery()) {
                boolean committed = row.next() && row.getLong(1) == batch;
                connection.commit();
                return committed;
            }
        }
    }

    private void remember(Together together, Instant now) {
        together.add(
                "insert into log_writer (writer, batch, at) values (?, ?, ?)"
                        + " on conflict (writer) do update set batch = excluded.batch, at = excluded.at",
                List.of(writer, batch, now.atOffset(ZoneOffset.UTC)));
    }

    /** Forgets what it believes of the store, after a failure. */
    void forget() {
        table.forget();
        edge = null;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
