package io.regrade.ledger.pg;

import io.regrade.ledger.PolicyVersion.Activation;
import io.regrade.ledger.PolicyVersion.What;
import io.regrade.ledger.log.Leaf;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What decided from when on. Stateless, thread-safe; every method works in the caller's transaction. */
final class ActivationTable {

    private static final String COLUMNS = "seq, policy, digest, previous, what, by, comment, draft, at";

    private ActivationTable() {}

    /** An activation that was stored, and the entry that the log is to tell of it. */
    record Added(Activation activation, byte[] entry) {}

    /** Adds one, and sees to the drafts: what decided before is replaced. */
    static Added add(
            Connection connection,
            String policy,
            String digest,
            What what,
            String by,
            @Nullable String comment,
            @Nullable String draft,
            Instant at)
            throws SQLException {
        String previous = newest(connection, policy).map(Activation::digest).orElse(null);
        Salted salted = Salted.of(comment);
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into policy_activation (policy, digest, previous, what, by, comment, salt, draft, at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, policy);
            insert.setString(2, digest);
            insert.setString(3, previous);
            insert.setString(4, what.key());
            insert.setString(5, by);
            insert.setString(6, comment);
            insert.setBytes(7, salted.salt());
            insert.setObject(8, draft == null ? null : Encoder.uuid(draft));
            insert.setTimestamp(9, Timestamp.from(at));
            insert.executeUpdate();
        }
        drafts(connection, policy, digest);
        Activation added = newest(connection, policy).orElseThrow(() -> new SQLException("the activation is gone"));
        return new Added(added, Leaf.activation(at, added, salted.commitment()).entry());
    }

    private static void drafts(Connection connection, String policy, String digest) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update draft set state = case when digest = ? then 'active' else 'replaced' end,"
                        + " version = version + 1 where policy = ? and ((state = 'active' and digest <> ?)"
                        + " or (state in ('replaced', 'approved') and digest = ?))")) {
            update.setString(1, digest);
            update.setString(2, policy);
            update.setString(3, digest);
            update.setString(4, digest);
            update.executeUpdate();
        }
    }

    /** What decides now under a name. */
    static Optional<Activation> newest(Connection connection, String policy) throws SQLException {
        List<Activation> found = select(connection, "where policy = ? order by seq desc limit 1", policy);
        return found.stream().findFirst();
    }

    /** The activations of a version, newest first. */
    static List<Activation> of(Connection connection, String policy, String digest, int most) throws SQLException {
        return select(connection, "where policy = ? and digest = ? order by seq desc limit " + most, policy, digest);
    }

    /** What decides now, of each policy. */
    static List<Activation> active(Connection connection) throws SQLException {
        return select(
                connection, "where seq in (select max(seq) from policy_activation group by policy) order by policy");
    }

    static List<Activation> select(Connection connection, String where, Object... values) throws SQLException {
        List<Activation> found = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("select " + COLUMNS + " from policy_activation " + where)) {
            for (int i = 0; i < values.length; i++) {
                select.setObject(i + 1, values[i]);
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    UUID draft = row.getObject(8, UUID.class);
                    found.add(new Activation(
                            row.getLong(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            What.valueOf(row.getString(5).toUpperCase(Locale.ROOT)),
                            row.getString(6),
                            row.getString(7),
                            draft == null ? null : Encoder.id(draft),
                            row.getTimestamp(9).toInstant()));
                }
            }
        }
        return found;
    }
}
