package io.regrade.ledger.pg;

import io.regrade.fact.VmFacts;
import io.regrade.ledger.DaemonThread;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.Page;
import io.regrade.ledger.Recommendation;
import io.regrade.ledger.Recommendations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recommendations in PostgreSQL. Thread-safe. About once a second, snoozes that have ended are opened again, what nobody
 * confirmed for long expires, and what was said on other servers is read.
 */
final class PgRecommendations implements Recommendations, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PgRecommendations.class);
    private static final long LOOK_MILLIS = 1000;
    private static final int MOST = 1000;

    private final Writer writer;
    private final Readers readers;
    private final Clock clock;
    private final Duration expiry;
    private final Heard heard;
    private final ScheduledExecutorService thread;

    private PgRecommendations(Writer writer, Readers readers, Clock clock, Duration expiry, Heard heard) {
        this.writer = writer;
        this.readers = readers;
        this.clock = clock;
        this.expiry = expiry;
        this.heard = heard;
        this.thread = DaemonThread.named("regrade-recommendations");
    }

    /** Reads what was said, on a connection that is at hand, and begins to look after them. */
    static PgRecommendations open(
            Connection connection, Writer writer, Readers readers, Clock clock, Duration expiry, Heard heard)
            throws SQLException {
        PgRecommendations made = new PgRecommendations(writer, readers, clock, expiry, heard);
        made.heard.catchUp(connection, clock.instant());
        connection.commit();
        made.thread.scheduleWithFixedDelay(made::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return made;
    }

    @Override
    public CompletionStage<Optional<Recommendation>> byId(String id) {
        Optional<UUID> uuid = PgDecisions.uuid(id);
        return uuid.isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : readers.read(connection -> RecommendationRows.byId(connection, uuid.get(), false));
    }

    @Override
    public CompletionStage<Page<Recommendation>> list(Query query) {
        return readers.read(connection -> RecommendationRows.list(connection, query));
    }

    @Override
    public CompletionStage<Optional<Recommendation>> say(String id, Said said, Expectation expectation) {
        Optional<UUID> uuid = PgDecisions.uuid(id);
        if (uuid.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Saying saying = new Saying(uuid.get(), said, expectation, clock.instant());
        return writer.write(Work.step(saying))
                .thenApply(nothing -> saying.outcome())
                .thenCompose(outcome -> readers.read(connection -> {
                    // Who asks here for a decision after this answer gets one that knows of it.
                    heard.catchUp(connection, clock.instant());
                    return outcome;
                }));
    }

    @Override
    public VmFacts said(VmFacts facts, Instant at) {
        return heard.on(facts, at);
    }

    private void look() {
        try {
            readers.write(connection -> {
                        Instant now = clock.instant();
                        wake(connection, now);
                        expire(connection, now);
                        heard.catchUp(connection, now);
                        return now;
                    })
                    .toCompletableFuture()
                    .join();
        } catch (RuntimeException e) {
            LOG.debug("recommendations could not be looked after: {}", e.getMessage());
        }
    }

    /** Opens what was snoozed until now. Rows that somebody works on are left for the next time. */
    private static void wake(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("with due as (select id from recommendation"
                + " where state = 'snoozed' and until <= ? limit " + MOST + " for update skip locked),"
                + " woken as (update recommendation r set state = 'open', until = null, version = r.version + 1"
                + " from due where r.id = due.id returning r.id)"
                + " insert into recommendation_event (recommendation, at, what, by)"
                + " select id, ?, 'reopened', 'server' from woken")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setTimestamp(2, Timestamp.from(now));
            update.executeUpdate();
        }
    }

    private void expire(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("with due as (select id from recommendation"
                + " where state = 'open' and confirmed_at <= ? limit " + MOST + " for update skip locked),"
                + " over as (update recommendation r set state = 'expired', version = r.version + 1"
                + " from due where r.id = due.id returning r.id)"
                + " insert into recommendation_event (recommendation, at, what, by)"
                + " select id, ?, 'expired', 'server' from over")) {
            update.setTimestamp(1, Timestamp.from(now.minus(expiry)));
            update.setTimestamp(2, Timestamp.from(now));
            update.executeUpdate();
        }
    }

    @Override
    public void close() {
        DaemonThread.end(thread);
    }
}
