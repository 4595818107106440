package io.regrade.ledger.pg;

import io.regrade.ledger.Cursors;
import io.regrade.ledger.InvalidCursorException;
import io.regrade.ledger.Page;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A query for rows that have a moment and an id, newest first, a page at a time. Used by one thread. */
final class NewestFirst {

    private final char list;
    private final String moment;
    private final StringBuilder sql;
    private final List<Object> values = new ArrayList<>();

    /** Where a page ends. */
    record Place(Instant moment, String id) {}

    /** Reads what is in a row. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /**
     * All rows of a table.
     *
     * @param list tells its cursors from those of other lists
     * @param moment the column that orders them, the newest first
     */
    NewestFirst(char list, String columns, String table, String moment) {
        this.list = list;
        this.moment = moment;
        this.sql = new StringBuilder("select " + columns + " from " + table + " where true");
    }

    /** Only those for which a condition on a value holds; all when there is no value. */
    NewestFirst when(String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(" and ").append(condition);
            values.add(value);
        }
        return this;
    }

    /**
     * A page of them.
     *
     * @throws InvalidCursorException when the cursor is not one of this list
     */
    <T> Page<T> page(
            Connection connection, @Nullable String cursor, int limit, RowReader<T> reader, Function<T, Place> place)
            throws SQLException {
        if (cursor != null) {
            after(cursor);
        }
        sql.append(" order by " + moment + " desc, id desc limit ").append(limit + 1);
        List<T> items = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
            for (int i = 0; i < values.size(); i++) {
                select.setObject(i + 1, values.get(i));
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (items.size() == limit) {
                        Place last = place.apply(items.get(items.size() - 1));
                        return new Page<>(items, Cursors.of(list, last.moment() + "/" + last.id()));
                    }
                    items.add(reader.read(row));
                }
            }
        }
        return new Page<>(items, null);
    }

    private void after(String cursor) {
        String key = Cursors.key(list, cursor);
        int slash = Math.max(0, key.indexOf('/'));
        try {
            values.add(Timestamp.from(Instant.parse(key.substring(0, slash))));
            values.add(Encoder.uuid(key.substring(slash + 1)));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new InvalidCursorException(cursor);
        }
        sql.append(" and (" + moment + ", id) < (?, ?)");
    }
}
