package io.regrade.ledger.pg;

import io.regrade.ledger.Asker;
import io.regrade.ledger.DaemonThread;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.Page;
import io.regrade.ledger.WrongStateException;
import io.regrade.offer.Offer;
import io.regrade.offer.Offer.Verb;
import io.regrade.offer.Offers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers in PostgreSQL. Thread-safe. About once a second, those whose time is over expire, and those whose advice has changed
 * are withdrawn.
 */
final class PgOffers implements Offers, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PgOffers.class);
    private static final long LOOK_MILLIS = 1000;
    private static final int MOST = 100;

    private final Writer writer;
    private final Readers readers;
    private final Clock clock;
    private final Notices notices;
    private final Heard heard;
    private final ScheduledExecutorService thread = DaemonThread.named("regrade-offers");

    PgOffers(Writer writer, Readers readers, Clock clock, Set<String> always, Heard heard) {
        this.writer = writer;
        this.readers = readers;
        this.clock = clock;
        this.notices = new Notices(always);
        this.heard = heard;
    }

    /** Begins to look after them. */
    void start() {
        thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletionStage<Offer> make(Made made) {
        OfferMaking making = new OfferMaking(made, now(), notices);
        return writer.write(Work.step(making)).thenApply(nothing -> making.outcome());
    }

    @Override
    public CompletionStage<Optional<Offer>> byId(String id) {
        Optional<UUID> uuid = PgDecisions.uuid(id);
        return uuid.isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : readers.read(connection -> OfferRows.byId(connection, uuid.get(), false));
    }

    @Override
    public CompletionStage<Page<Offer>> list(Query query) {
        return readers.read(connection -> OfferRows.list(connection, query));
    }

    @Override
    public CompletionStage<Optional<Offer>> say(String id, Said said, Expectation expectation) {
        Optional<UUID> uuid = PgDecisions.uuid(id);
        if (uuid.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        OfferAnswer answer = new OfferAnswer(uuid.get(), said, expectation, now(), notices);
        CompletionStage<Optional<Offer>> answered =
                writer.write(Work.step(answer)).thenApply(nothing -> answer.outcome());
        return said.verb() != Verb.COUNTER
                ? answered
                : answered.thenCompose(outcome -> readers.read(connection -> {
                    // Who asks here for a decision after this answer gets one that knows of it.
                    heard.catchUp(connection, clock.instant());
                    return outcome;
                }));
    }

    @Override
    public CompletionStage<List<Offer>> takeCountered(int most, Duration lease) {
        return readers.write(connection -> {
            List<Offer> taken = new ArrayList<>();
            for (UUID id : lease(connection, most, lease)) {
                OfferRows.byId(connection, id, false).ifPresent(taken::add);
            }
            if (!taken.isEmpty()) {
                // Whoever takes one decides next: what was wanted, here or on another server, must be known by then.
                heard.catchUp(connection, clock.instant());
            }
            return taken;
        });
    }

    private List<UUID> lease(Connection connection, int most, Duration lease) throws SQLException {
        Instant now = clock.instant();
        try (PreparedStatement update = connection.prepareStatement("with due as (select id from offer"
                + " where followed = false and (leased_until is null or leased_until <= ?)"
                + " order by created_at limit ? for update skip locked)"
                + " update offer o set leased_until = ? from due where o.id = due.id returning o.id")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setInt(2, most);
            update.setTimestamp(3, Timestamp.from(now.plus(lease)));
            return ids(update);
        }
    }

    @Override
    public CompletionStage<Void> leave(String id, String why) {
        OfferLeft left = new OfferLeft(Encoder.uuid(id), why, now(), notices);
        return writer.write(Work.step(left));
    }

    private void look() {
        try {
            Instant now = clock.instant();
            List<UUID> over = readers.read(connection -> due(connection, now))
                    .toCompletableFuture()
                    .join();
            for (UUID id : over) {
                close(id, new Said(Verb.EXPIRE, Asker.SERVER, null, null));
            }
            for (UUID id :
                    readers.read(PgOffers::overtaken).toCompletableFuture().join()) {
                close(id, new Said(Verb.WITHDRAW, Asker.SERVER, "the advice has changed", null));
            }
        } catch (RuntimeException e) {
            LOG.debug("offers could not be looked after: {}", e.getMessage());
        }
    }

    private void close(UUID id, Said said) {
        try {
            say(Encoder.id(id), said, Expectation.NONE).toCompletableFuture().join();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof WrongStateException)) { // then somebody else was there first
                throw e;
            }
        }
    }

    private static List<UUID> due(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select id from offer where state = 'offered' and valid_until <= ? order by valid_until limit "
                        + MOST)) {
            select.setTimestamp(1, Timestamp.from(now));
            return ids(select);
        }
    }

    private static List<UUID> overtaken(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select distinct o.id from offer o join offer_item i on i.offer = o.id"
                        + " join recommendation r on r.id = i.recommendation"
                        + " where o.state = 'offered' and r.state not in ('open', 'snoozed', 'approved') limit "
                        + MOST)) {
            return ids(select);
        }
    }

    private static List<UUID> ids(PreparedStatement statement) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                ids.add(row.getObject(1, UUID.class));
            }
        }
        return ids;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public void close() {
        DaemonThread.end(thread);
    }
}
