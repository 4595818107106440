package io.regrade.ledger.pg;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.regrade.db.DatabaseAddress;
import io.regrade.db.TestPostgres;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.fact.Action;
import io.regrade.ledger.DecisionsContract;
import io.regrade.ledger.DroppedException;
import io.regrade.metrics.RegradeMeters;
import io.regrade.tlog.Checkpoint;
import io.regrade.tlog.Note;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** All decisions here are of March 2025; the clock is moved. */
class RetentionTest {

    private static final Instant MADE = Instant.parse("2025-03-01T00:00:00Z");

    private final DatabaseAddress address = TestPostgres.freshDatabase();
    private final SetClock clock = new SetClock(MADE);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private PgLedger open() {
        return Ledgers.open(address, new RegradeMeters(registry), clock);
    }

    private static void save(PgLedger ledger, String id) {
        ledger.decisions()
                .save(List.of(DecisionsContract.record(id, "vm-" + id, Action.KEEP)))
                .toCompletableFuture()
                .join();
    }

    private static long size(PgLedger ledger) {
        return Checkpoint.parse(Note.parse(
                                ledger.log().checkpoint().toCompletableFuture().join())
                        .text())
                .size();
    }

    private long count(String table) throws Exception {
        try (var connection = TestPostgres.connect(address);
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void months_areDropped_onceTheyAreOldEnough_wholly() throws Exception {
        try (PgLedger ledger = open()) {
            save(ledger, "1");
            save(ledger, "2");
            clock.set(Instant.parse("2025-05-31T23:59:59Z"));
            assertThat(ledger.keepMonths(2)).as("two whole months are kept").isZero();
            assertThat(size(ledger)).isEqualTo(2);

            clock.set(Instant.parse("2025-06-01T00:00:00Z"));
            assertThat(ledger.keepMonths(2)).isEqualTo(2);
            assertThat(ledger.keepMonths(2)).as("once").isZero();
            assertThat(size(ledger)).isEqualTo(3);
            assertThat(ledger.decisions()
                            .byId("0".repeat(31) + "1", Detail.NONE)
                            .toCompletableFuture())
                    .failsWithin(java.time.Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withCauseInstanceOf(DroppedException.class)
                    .withMessageContaining("at 2025-06-01T00:00:00Z");
            assertThat(count("decision")).isZero();
            assertThat(count("facts")).isZero();
            assertThat(count("content"))
                    .as("a policy and a catalogue that decided in no other month")
                    .isZero();
            assertThat(count("dropped")).isEqualTo(2);
            assertThat(registry.counter(RegradeMeters.DECISIONS_RETIRED).count())
                    .isEqualTo(2);
            assertThat(registry.counter(RegradeMeters.DECISIONS_LOST).count()).isZero();
        }
    }

    @Test
    void aDeletedRow_isMissed_butNotOneThatWasDropped() throws Exception {
        try (PgLedger ledger = open()) {
            save(ledger, "1");
            save(ledger, "2");
            save(ledger, "3");
            ledger.tidy();
            assertThat(missing()).isZero();

            TestPostgres.execute(address, "delete from decision where vm = 'vm-2'");
            ledger.tidy();
            assertThat(missing()).isEqualTo(1);

            clock.set(Instant.parse("2026-01-01T00:00:00Z"));
            assertThat(ledger.keepMonths(1)).isEqualTo(2);
            ledger.tidy();
            assertThat(missing()).isEqualTo(1);
        }
    }

    private double missing() {
        return registry.get(RegradeMeters.DECISIONS_MISSING).gauge().value();
    }

    @Test
    void ofTwoServers_oneDropsAMonth_andBothGoOnWriting() {
        try (PgLedger first = open();
                PgLedger second = open()) {
            save(first, "1");
            save(second, "2");
            clock.set(Instant.parse("2026-01-01T00:00:00Z"));
            CompletableFuture<Long> one = CompletableFuture.supplyAsync(() -> first.keepMonths(1));
            CompletableFuture<Long> other = CompletableFuture.supplyAsync(() -> second.keepMonths(1));
            assertThat(one.join() + other.join()).isEqualTo(2);

            // Both believed the month's tables and the policy to be there.
            save(first, "3");
            save(second, "4");
            save(second, "1");
            assertThat(size(first)).isEqualTo(5);
            for (String id : List.of("3", "4")) {
                assertThat(second.decisions()
                                .evidence("0".repeat(31) + id)
                                .toCompletableFuture()
                                .join())
                        .isPresent();
            }
        }
    }

    @Test
    void whatServersThatEndedLongAgoHaveLeft_isClearedAway() throws Exception {
        try (PgLedger ledger = open()) {
            save(ledger, "1");
            clock.set(MADE.plus(java.time.Duration.ofDays(29)));
            ledger.tidy();
            assertThat(count("log_writer")).isEqualTo(1);
            clock.set(MADE.plus(java.time.Duration.ofDays(31)));
            ledger.tidy();
            assertThat(count("log_writer")).isZero();
            save(ledger, "2");
            assertThat(size(ledger)).isEqualTo(2);
        }
    }
}
