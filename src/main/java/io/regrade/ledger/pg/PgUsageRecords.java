package io.regrade.ledger.pg;

import io.regrade.fact.VmFacts;
import io.regrade.ledger.Cursors;
import io.regrade.ledger.InvalidCursorException;
import io.regrade.ledger.InventorySnapshot;
import io.regrade.ledger.Page;
import io.regrade.ledger.UsageRecord;
import io.regrade.ledger.UsageRecord.Metered;
import io.regrade.ledger.UsageRecords;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Usage records in PostgreSQL. Thread-safe; the time is the database's, the same for all servers. */
final class PgUsageRecords implements UsageRecords {

    private static final char LIST = 'u';

    private final Readers readers;

    PgUsageRecords(Readers readers) {
        this.readers = readers;
    }

    /** Writes what a change means, in its transaction: {@code before} is the inventory before it. */
    static void changed(Connection connection, InventorySnapshot before, Map<String, Optional<VmFacts>> after)
            throws SQLException {
        List<String> ended = new ArrayList<>();
        List<Metered> begun = new ArrayList<>();
        for (Map.Entry<String, Optional<VmFacts>> entry : after.entrySet()) {
            Metered was = before.vm(entry.getKey()).map(PgUsageRecords::metered).orElse(null);
            Metered is = entry.getValue().map(PgUsageRecords::metered).orElse(null);
            if (!Objects.equals(was, is)) {
                ended.add(entry.getKey());
                if (is != null) {
                    begun.add(is);
                }
            }
        }
        if (!ended.isEmpty()) {
            end(connection, ended);
            begin(connection, begun);
        }
    }

    /** Begins records of machines that are held and have none, such as those that were held before there were any. */
    static void complete(Connection connection, List<VmFacts> held) throws SQLException {
        begin(connection, held.stream().map(PgUsageRecords::metered).toList());
    }

    private static Metered metered(VmFacts facts) {
        return Metered.of(facts.vm());
    }

    private static void end(Connection connection, List<String> vms) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update usage_record set until = transaction_timestamp() where until is null and vm = any(?)")) {
            update.setArray(1, connection.createArrayOf("text", vms.toArray()));
            update.executeUpdate();
        }
    }

    private static void begin(Connection connection, List<Metered> begun) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into usage_record (vm, name, owner, cloud, region, type, vcpu, memory_gib, price_usd_hour, since)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, transaction_timestamp())"
                        + " on conflict (vm) where until is null do nothing")) {
            for (Metered one : begun) {
                insert.setString(1, one.vm());
                insert.setString(2, one.name());
                insert.setString(3, one.owner());
                insert.setString(4, one.cloud());
                insert.setString(5, one.region());
                insert.setString(6, one.type());
                set(insert, 7, one.vcpu());
                set(insert, 8, one.memoryGib());
                set(insert, 9, one.priceUsdHour());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void set(PreparedStatement statement, int place, double value) throws SQLException {
        if (Double.isNaN(value)) {
            statement.setNull(place, Types.DOUBLE);
        } else {
            statement.setDouble(place, value);
        }
    }

    @Override
    public CompletionStage<Page<UsageRecord>> list(
            Instant from, Instant until, @Nullable String owner, @Nullable String cursor, int limit) {
        return readers.read(connection -> {
            List<UsageRecord> items = new ArrayList<>();
            String next = null;
            try (PreparedStatement select = connection.prepareStatement("select * from usage_record"
                    + " where since < ? and (until is null or until > ?) and (?::text is null or owner = ?)"
                    + " and (since, seq) > (?, ?) order by since, seq limit ?")) {
                select.setTimestamp(1, Timestamp.from(until));
                select.setTimestamp(2, Timestamp.from(from));
                select.setString(3, owner);
                select.setString(4, owner);
                Place place = cursor == null ? new Place(Instant.EPOCH, 0) : place(cursor);
                select.setTimestamp(5, Timestamp.from(place.since()));
                select.setLong(6, place.seq());
                select.setInt(7, limit + 1);
                Place last = place;
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        if (items.size() == limit) {
                            next = Cursors.of(LIST, last.since() + "/" + last.seq());
                            break;
                        }
                        items.add(read(row));
                        last = new Place(row.getTimestamp("since").toInstant(), row.getLong("seq"));
                    }
                }
            }
            return new Page<>(items, next);
        });
    }

    private record Place(Instant since, long seq) {}

    private static Place place(String cursor) {
        String[] parts = Cursors.key(LIST, cursor).split("/", 2);
        try {
            return new Place(Instant.parse(parts[0]), Long.parseLong(parts[1]));
        } catch (DateTimeException | IndexOutOfBoundsException | NumberFormatException e) {
            throw new InvalidCursorException(cursor);
        }
    }

    private static UsageRecord read(ResultSet row) throws SQLException {
        Metered metered = new Metered(
                row.getString("vm"),
                row.getString("name"),
                row.getString("owner"),
                row.getString("cloud"),
                row.getString("region"),
                row.getString("type"),
                number(row, "vcpu"),
                number(row, "memory_gib"),
                number(row, "price_usd_hour"));
        return new UsageRecord(
                metered, row.getTimestamp("since").toInstant(), RecommendationRows.moment(row.getTimestamp("until")));
    }

    private static double number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? Double.NaN : value;
    }
}
