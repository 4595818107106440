package io.regrade.ledger.pg;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Words that come again and again, as numbers. Thread-safe. What a transaction has added counts from its commit on: after
 * a rollback {@link #forget} is called.
 */
final class Terms {

    private static final int MOST = 50_000;

    /** What a word is. */
    enum Kind {
        RULE,
        POLICY,
        CATALOGUE,
        ENGINE,
        ASKER;

        /** What stands in the database; never changes. */
        private int code() {
            return ordinal() + 1;
        }
    }

    private record Word(Kind kind, String text) {}

    private final Map<Word, Integer> ids = bounded();
    private final Map<Integer, String> texts = bounded();

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MOST;
            }
        };
    }

    /** The number of a word, which is given one when it has none. */
    int id(Connection connection, Kind kind, String text) throws SQLException {
        Optional<Integer> known = find(connection, kind, text);
        if (known.isPresent()) {
            return known.get();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into term (kind, text) values (?, ?) on conflict (kind, text) do update set text = excluded.text"
                        + " returning id")) {
            insert.setInt(1, kind.code());
            insert.setString(2, text);
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                int id = row.getInt(1);
                remember(new Word(kind, text), id);
                return id;
            }
        }
    }

    /** The number of a word; empty when it has none. */
    Optional<Integer> find(Connection connection, Kind kind, String text) throws SQLException {
        Word word = new Word(kind, text);
        synchronized (this) {
            Integer known = ids.get(word);
            if (known != null) {
                return Optional.of(known);
            }
        }
        try (PreparedStatement select =
                connection.prepareStatement("select id from term where kind = ? and text = ?")) {
            select.setInt(1, kind.code());
            select.setString(2, text);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                int id = row.getInt(1);
                remember(word, id);
                return Optional.of(id);
            }
        }
    }

    /** The word of a number. */
    String text(Connection connection, int id) throws SQLException {
        synchronized (this) {
            @Nullable String known = texts.get(id);
            if (known != null) {
                return known;
            }
        }
        try (PreparedStatement select = connection.prepareStatement("select kind, text from term where id = ?")) {
            select.setInt(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("term " + id + " is missing");
                }
                remember(new Word(Kind.values()[row.getInt(1) - 1], row.getString(2)), id);
                return row.getString(2);
            }
        }
    }

    private synchronized void remember(Word word, int id) {
        ids.put(word, id);
        texts.put(id, word.text());
    }

    /** Forgets everything, so that nothing is believed that was rolled back. */
    synchronized void forget() {
        ids.clear();
        texts.clear();
    }
}
