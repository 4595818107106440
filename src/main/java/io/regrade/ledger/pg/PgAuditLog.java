package io.regrade.ledger.pg;

import io.regrade.decision.PolicyRef;
import io.regrade.ledger.Asker;
import io.regrade.ledger.AuditLog;
import io.regrade.ledger.Event;
import io.regrade.ledger.LedgerUnavailableException;
import io.regrade.ledger.PolicyVersion.What;
import io.regrade.ledger.log.Leaf;
import io.regrade.ledger.log.Receipts;
import io.regrade.ledger.log.TileSource;
import io.regrade.ledger.pg.LogTables.Head;
import io.regrade.tlog.EntryBundle;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The audit log in PostgreSQL. Thread-safe. */
final class PgAuditLog implements AuditLog {

    private final Writer writer;
    private final Readers readers;
    private final LogTables tables;
    private final String key;
    private final Clock clock;

    PgAuditLog(Writer writer, Readers readers, LogTables tables, String key, Clock clock) {
        this.writer = writer;
        this.readers = readers;
        this.tables = tables;
        this.key = key;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Void> append(List<Event> events) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<byte[]> entries =
                events.stream().map(event -> Leaf.of(event, now).entry()).toList();
        return writer.write(Work.step(connection -> entries));
    }

    @Override
    public CompletionStage<Void> activated(PolicyRef policy, Asker by) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return writer.write(Work.step(connection -> activated(connection, policy, by, now)));
    }

    private static List<byte[]> activated(Connection connection, PolicyRef policy, Asker by, Instant now)
            throws SQLException {
        boolean known = ActivationTable.newest(connection, policy.name())
                .filter(newest -> newest.digest().equals(policy.digest()))
                .isPresent();
        if (known) {
            return List.of();
        }
        What what = switch (by.via()) {
            case "server" -> What.START;
            case "files" -> What.WATCH;
            default -> What.PROMOTE;
        };
        VersionTable.name(connection, policy.name(), policy.digest(), null, by.name(), now);
        return List.of(ActivationTable.add(connection, policy.name(), policy.digest(), what, by.name(), null, null, now)
                .entry());
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public CompletionStage<String> checkpoint() {
        return readers.read(connection -> head(connection).checkpoint());
    }

    @Override
    public CompletionStage<Optional<byte[]>> tile(int level, long index, int width) {
        return readers.read(connection -> tables.tile(connection, level, index, width));
    }

    @Override
    public CompletionStage<Optional<byte[]>> entries(long index, int width) {
        return readers.read(connection -> {
            List<byte[]> entries = tables.entries(connection, index * LogTables.TILE, width);
            // Where rows are missing that were logged, what is left is given: an auditor sees what is gone.
            boolean told = entries.size() == width
                    || (!entries.isEmpty() && head(connection).size() >= index * LogTables.TILE + width);
            return told ? Optional.of(EntryBundle.format(entries)) : Optional.empty();
        });
    }

    @Override
    public CompletionStage<Optional<String>> receipt(String decision) {
        Optional<UUID> id = PgDecisions.uuid(decision);
        return id.isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : readers.read(connection -> receipt(connection, id.get()));
    }

    private Optional<String> receipt(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select seq, salt from decision where id = ?")) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    return Optional.of(receipt(connection, row.getLong(1), row.getBytes(2)));
                }
            }
        }
        OptionalLong dropped = DroppedDecisions.leaf(connection, id);
        return dropped.isEmpty()
                ? Optional.empty()
                : Optional.of(receipt(connection, dropped.getAsLong(), null)); // its salt went with it
    }

    private String receipt(Connection connection, long seq, byte @Nullable [] salt) throws SQLException {
        Head head = head(connection);
        byte[] entry = tables.entries(connection, seq, 1).get(0);
        return new Receipts(source(connection)).receipt(head.checkpoint(), seq, LogTables.text(entry), salt);
    }

    private static Head head(Connection connection) throws SQLException {
        return LogTables.head(connection).orElseThrow(() -> new SQLException("the log has no head"));
    }

    private TileSource source(Connection connection) {
        return new TileSource() {
            @Override
            public Optional<byte[]> tile(int level, long index, int width) {
                try {
                    return tables.tile(connection, level, index, width);
                } catch (SQLException e) {
                    throw new LedgerUnavailableException("the ledger's database cannot be read", e);
                }
            }

            @Override
            public Optional<byte[]> entries(long index, int width) {
                throw new UnsupportedOperationException("a receipt is made of hashes");
            }
        };
    }
}
