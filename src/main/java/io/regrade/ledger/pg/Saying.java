package io.regrade.ledger.pg;

import io.regrade.ledger.Expectation;
import io.regrade.ledger.ExpectationFailedException;
import io.regrade.ledger.Recommendation;
import io.regrade.ledger.Recommendation.State;
import io.regrade.ledger.Recommendations.Said;
import io.regrade.ledger.WrongStateException;
import io.regrade.ledger.log.Leaf;
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
    private final Outcome<Optional<Recommendation>> outcome = new Outcome<>(Optional.empty());

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
        return outcome.get();
    }

    @Override
    public List<byte[]> run(Connection connection) throws SQLException {
        outcome.is(Optional.empty());
        Optional<Recommendation> found = RecommendationRows.byId(connection, id, true);
        if (found.isEmpty()) {
            return List.of();
        }
        Recommendation before = found.get();
        RuntimeException objection = objection(before);
        if (objection != null) {
            outcome.refuse(objection);
            return List.of();
        }
        Salted reason = Salted.of(said.reason());
        change(connection);
        remember(connection, before.decision(), reason.salt());
        outcome.is(RecommendationRows.byId(connection, id, false));
        return List.of(Leaf.approval(
                        at,
                        before.id(),
                        before.decision(),
                        said.verb().key(),
                        said.by().name(),
                        reason.commitment(),
                        said.until())
                .entry());
    }

    private @Nullable RuntimeException objection(Recommendation before) {
        if (!expectation.holds(Optional.of(before.tag()))) {
            return new ExpectationFailedException("recommendation `" + before.id()
                    + "` has changed since. Maybe read it again, it has the tag `" + before.tag() + "` now");
        }
        return before.allowed().contains(said.verb()) && !before.erased()
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
