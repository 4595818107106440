package io.regrade.ledger.pg;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.ledger.Expectation;
import io.regrade.ledger.ExpectationFailedException;
import io.regrade.ledger.Recommendation;
import io.regrade.ledger.Recommendation.State;
import io.regrade.ledger.Recommendations.Said;
import io.regrade.ledger.WrongStateException;
import io.regrade.ledger.log.Commitments;
import io.regrade.ledger.log.Leaf;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What somebody says of a recommendation: its state, its history and a leaf of the log, in one transaction. */
final class Saying implements Work.Step {

    private final UUID id;
    private final Said said;
    private final Expectation expectation;
    private final Instant at;
    private volatile Optional<Recommendation> done = Optional.empty();
    private volatile @Nullable RuntimeException refused;

    Saying(UUID id, Said said, Expectation expectation, Instant at) {
        this.id = id;
        this.said = said;
        this.expectation = expectation;
        this.at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * The recommendation as it is after it; empty when there is none.
     *
     * @throws RuntimeException why nothing was changed
     */
    Optional<Recommendation> outcome() {
        RuntimeException reason = refused;
        if (reason != null) {
            throw reason;
        }
        return done;
    }

    @Override
    public List<byte[]> run(Connection connection) throws SQLException {
        done = Optional.empty();
        refused = null;
        Optional<Recommendation> found = RecommendationRows.byId(connection, id, true);
        if (found.isEmpty()) {
            return List.of();
        }
        Recommendation before = found.get();
        refused = objection(before);
        if (refused != null) {
            return List.of();
        }
        byte[] salt = Commitments.salt(new SecureRandom());
        String reason = said.reason();
        change(connection);
        remember(connection, before.decision(), reason == null ? null : salt);
        done = RecommendationRows.byId(connection, id, false);
        return List.of(Leaf.approval(
                        at,
                        before.id(),
                        before.decision(),
                        said.verb().key(),
                        said.by().name(),
                        reason == null ? null : Commitments.commitment(salt, reason.getBytes(UTF_8)),
                        said.until())
                .entry());
    }

    private @Nullable RuntimeException objection(Recommendation before) {
        if (!expectation.holds(Optional.of(before.tag()))) {
            return new ExpectationFailedException("recommendation `" + before.id()
                    + "` has changed since. Maybe read it again, it has the tag `" + before.tag() + "` now");
        }
        return before.state().allowed().contains(said.verb()) && !before.erased()
                ? null
                : new WrongStateException(before.id(), before.state(), said.verb());
    }

    private void change(Connection connection) throws SQLException {
        boolean dismissal = said.verb().leadsTo() == State.DISMISSED;
        try (PreparedStatement update = connection.prepareStatement(
                "update recommendation set state = ?, until = ?, by = ?, reason = ?, version = version + 1, noticed = "
                        + (dismissal ? "(select size from log_head)" : "noticed") + " where id = ?")) {
            update.setString(1, said.verb().leadsTo().key());
            update.setTimestamp(2, timestamp(said.until()));
            update.setString(3, said.by().name());
            update.setString(4, said.reason());
            update.setObject(5, id);
            update.executeUpdate();
        }
    }

    private void remember(Connection connection, String decision, byte @Nullable [] salt) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into recommendation_event (recommendation, at, what, by, decision, reason, until, salt)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setObject(1, id);
            insert.setTimestamp(2, Timestamp.from(at));
            insert.setString(3, said.verb().key());
            insert.setString(4, said.by().name());
            insert.setObject(5, Encoder.uuid(decision));
            insert.setString(6, said.reason());
            insert.setTimestamp(7, timestamp(said.until()));
            insert.setBytes(8, salt);
            insert.executeUpdate();
        }
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant moment) {
        return moment == null ? null : Timestamp.from(moment);
    }
}
