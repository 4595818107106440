package io.regrade.ledger.pg;

import io.regrade.ledger.Drafts.Contents;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of versions, each stored once, and where each came from. Stateless, thread-safe; every method works in the
 * caller's transaction.
 */
final class VersionTable {

    private VersionTable() {}

    /** Stores the files unless they are stored; they are kept whatever becomes of the decisions made by them. */
    static void store(Connection connection, Contents contents) throws SQLException {
        byte[] digest = DecisionTable.bytes(contents.digest());
        try (PreparedStatement insert = connection.prepareStatement(
                        "insert into content (digest, kind, body) values (?, 'policy', ?) on conflict do nothing");
                PreparedStatement keep = connection.prepareStatement(
                        "insert into content_month (digest, month) values (?, 'infinity') on conflict do nothing")) {
            insert.setBytes(1, digest);
            insert.setBytes(2, Bodies.compress(PolicyFiles.bytes(contents.files())));
            insert.executeUpdate();
            keep.setBytes(1, digest);
            keep.executeUpdate();
        }
    }

    /** Names a version, or gives one a manifest that it had not. */
    static void name(
            Connection connection, String policy, String digest, @Nullable String manifest, String by, Instant at)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into policy_version (policy, digest, manifest, stored_at, by) values (?, ?, ?, ?, ?)"
                        + " on conflict (policy, digest) do update"
                        + " set manifest = coalesce(excluded.manifest, policy_version.manifest)")) {
            insert.setString(1, policy);
            insert.setString(2, digest);
            insert.setString(3, manifest);
            insert.setTimestamp(4, Timestamp.from(at));
            insert.setString(5, by);
            insert.executeUpdate();
        }
    }

    /** The files of a digest, with the manifest that a version, or else a draft, of them came with. */
    static Optional<Contents> contents(Connection connection, String policy, String digest) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select c.body, coalesce("
                + "(select manifest from policy_version v where v.policy = ? and v.digest = ?),"
                + " (select max(manifest) from draft d where d.policy = ? and d.digest = ?))"
                + " from content c where c.digest = ? and c.kind = 'policy'")) {
            select.setString(1, policy);
            select.setString(2, digest);
            select.setString(3, policy);
            select.setString(4, digest);
            select.setBytes(5, DecisionTable.bytes(digest));
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new Contents(digest, PolicyFiles.of(Bodies.plain(row.getBytes(1))), row.getString(2)))
                        : Optional.empty();
            }
        }
    }
}
