package io.regrade.ledger.pg;

import io.regrade.ledger.Asker;
import io.regrade.ledger.Cursors;
import io.regrade.ledger.Drafts.Contents;
import io.regrade.ledger.Drafts.Remark;
import io.regrade.ledger.InvalidCursorException;
import io.regrade.ledger.Page;
import io.regrade.ledger.PolicyHistory;
import io.regrade.ledger.PolicyVersion;
import io.regrade.ledger.PolicyVersion.Activation;
import io.regrade.ledger.PolicyVersion.What;
import io.regrade.ledger.WrongStateException;
import io.regrade.ledger.pg.ActivationTable.Added;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The versions of policies in PostgreSQL. Thread-safe. */
final class PgPolicyHistory implements PolicyHistory {

    private static final char LIST = 'h';
    private static final int LISTED = 5;
    private static final int ALL = 1000;
    private static final String COLUMNS = "v.policy, v.digest, v.manifest, v.stored_at, v.by";

    private final Writer writer;
    private final Readers readers;
    private final Clock clock;

    PgPolicyHistory(Writer writer, Readers readers, Clock clock) {
        this.writer = writer;
        this.readers = readers;
        this.clock = clock;
    }

    /** A change, with what it came to; run again after a rollback. */
    private abstract static class Change implements Work.Step {
        private final Outcome<Optional<Activation>> outcome = new Outcome<>(Optional.empty());

        abstract Added change(Connection connection) throws SQLException;

        @Override
        public List<byte[]> run(Connection connection) throws SQLException {
            try {
                Added added = change(connection);
                outcome.is(Optional.of(added.activation()));
                return List.of(added.entry());
            } catch (WrongStateException e) {
                outcome.refuse(e);
                return List.of();
            }
        }

        Activation outcome() {
            return outcome.get().orElseThrow(() -> new IllegalStateException("nothing decides"));
        }
    }

    private CompletionStage<Activation> write(Change change) {
        return writer.write(Work.step(change)).thenApply(nothing -> change.outcome());
    }

    @Override
    public CompletionStage<Void> keep(String policy, Contents contents) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return writer.write(Work.step(connection -> {
            VersionTable.store(connection, contents);
            VersionTable.name(connection, policy, contents.digest(), contents.manifest(), Asker.SERVER.name(), now);
            return List.of();
        }));
    }

    @Override
    public CompletionStage<Activation> released(String policy, Contents contents, Remark remark) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String by = remark.by().name();
        return write(new Change() {
            @Override
            Added change(Connection connection) throws SQLException {
                VersionTable.store(connection, contents);
                VersionTable.name(connection, policy, contents.digest(), contents.manifest(), by, now);
                return ActivationTable.add(
                        connection, policy, contents.digest(), What.RELEASE, by, remark.comment(), null, now);
            }
        });
    }

    @Override
    public CompletionStage<Activation> rollback(String policy, String digest, Remark remark) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return write(new Change() {
            @Override
            Added change(Connection connection) throws SQLException {
                String active = ActivationTable.newest(connection, policy)
                        .map(Activation::digest)
                        .orElseThrow(() -> new WrongStateException("no version of `" + policy + "` ever decided"));
                if (digest.equals(active)) {
                    throw new WrongStateException("`" + digest + "` of `" + policy + "` decides already");
                }
                if (ActivationTable.of(connection, policy, digest, 1).isEmpty()) {
                    throw new WrongStateException("`" + digest + "` of `" + policy
                            + "` never decided. Maybe one of `/v1/policies/" + policy + "/versions`");
                }
                return ActivationTable.add(
                        connection, policy, digest, What.ROLLBACK, remark.by().name(), remark.comment(), null, now);
            }
        });
    }

    @Override
    public CompletionStage<List<Activation>> active() {
        return readers.read(ActivationTable::active);
    }

    @Override
    public CompletionStage<Long> newest() {
        return readers.read(connection -> {
            try (PreparedStatement select =
                            connection.prepareStatement("select coalesce(max(seq), 0) from policy_activation");
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    @Override
    public CompletionStage<Optional<PolicyVersion>> byDigest(String policy, String digest) {
        return readers.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select " + COLUMNS
                    + " from policy_version v where v.policy = ? and starts_with(v.digest, ?) limit 2")) {
                select.setString(1, policy);
                select.setString(2, digest);
                List<PolicyVersion> found = versions(connection, select, ALL);
                return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
            }
        });
    }

    @Override
    public CompletionStage<Optional<Contents>> contents(String policy, String digest) {
        return readers.read(connection -> VersionTable.contents(connection, policy, digest));
    }

    @Override
    public CompletionStage<Page<PolicyVersion>> list(String policy, @Nullable String cursor, int limit) {
        return readers.read(connection -> {
            long before = cursor == null ? Long.MAX_VALUE : place(cursor);
            try (PreparedStatement select = connection.prepareStatement("select " + COLUMNS
                    + " from policy_version v join (select digest, max(seq) as seq from policy_activation"
                    + " where policy = ? group by digest) a on a.digest = v.digest"
                    + " where v.policy = ? and a.seq < ? order by a.seq desc limit ?")) {
                select.setString(1, policy);
                select.setString(2, policy);
                select.setLong(3, before);
                select.setInt(4, limit + 1);
                List<PolicyVersion> found = versions(connection, select, LISTED);
                if (found.size() <= limit) {
                    return new Page<>(found, null);
                }
                List<PolicyVersion> page = found.subList(0, limit);
                long last = page.get(limit - 1).activations().get(0).seq();
                return new Page<>(page, Cursors.of(LIST, Long.toString(last)));
            }
        });
    }

    private static long place(String cursor) {
        try {
            return Long.parseLong(Cursors.key(LIST, cursor));
        } catch (NumberFormatException e) {
            throw new InvalidCursorException(cursor);
        }
    }

    private static List<PolicyVersion> versions(Connection connection, PreparedStatement select, int most)
            throws SQLException {
        List<PolicyVersion> found = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                String policy = row.getString(1);
                String digest = row.getString(2);
                boolean active = ActivationTable.newest(connection, policy)
                        .filter(one -> one.digest().equals(digest))
                        .isPresent();
                found.add(new PolicyVersion(
                        policy,
                        digest,
                        row.getString(3),
                        row.getTimestamp(4).toInstant(),
                        row.getString(5),
                        active,
                        ActivationTable.of(connection, policy, digest, most)));
            }
        }
        return found;
    }
}
