package io.regrade.ledger.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.regrade.db.DatabaseAddress;
import io.regrade.db.TestPostgres;
import io.regrade.fact.Action;
import io.regrade.ledger.DecisionsContract;
import io.regrade.ledger.LedgerUnavailableException;
import io.regrade.ledger.log.TreeEdge;
import io.regrade.metrics.RegradeMeters;
import io.regrade.tlog.Checkpoint;
import io.regrade.tlog.EntryBundle;
import io.regrade.tlog.Note;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Several servers, or somebody else, at one log. */
class SharedLogTest {

    private static final int EACH = 300;

    private final DatabaseAddress address = TestPostgres.freshDatabase();

    private PgLedger open() {
        return Ledgers.open(address, new RegradeMeters(new SimpleMeterRegistry()));
    }

    private static List<byte[]> hashes(PgLedger ledger, long size) {
        List<byte[]> hashes = new ArrayList<>();
        for (long bundle = 0; bundle * 256 < size; bundle++) {
            int width = (int) Math.min(256, size - bundle * 256);
            byte[] bytes = ledger.log()
                    .entries(bundle, width)
                    .toCompletableFuture()
                    .join()
                    .orElseThrow();
            EntryBundle.parse(bytes).forEach(entry -> hashes.add(TreeEdge.leafHash(entry)));
        }
        return hashes;
    }

    private static Checkpoint checkpoint(PgLedger ledger) {
        return Checkpoint.parse(
                Note.parse(ledger.log().checkpoint().toCompletableFuture().join())
                        .text());
    }

    @Test
    void twoServersOnOneDatabase_growOneTree() {
        try (PgLedger first = open();
                PgLedger second = open()) {
            List<CompletableFuture<Void>> saved = new ArrayList<>();
            for (int i = 1; i <= EACH; i++) {
                saved.add(first.decisions()
                        .save(List.of(DecisionsContract.record("1" + i, "vm-" + i, Action.KEEP)))
                        .toCompletableFuture());
                saved.add(second.decisions()
                        .save(List.of(DecisionsContract.record("2" + i, "vm-" + i, Action.KEEP)))
                        .toCompletableFuture());
                // Both are given this one; it is stored once.
                saved.add(first.decisions()
                        .save(List.of(DecisionsContract.record("3" + i, "vm-" + i, Action.KEEP)))
                        .toCompletableFuture());
                saved.add(second.decisions()
                        .save(List.of(DecisionsContract.record("3" + i, "vm-" + i, Action.KEEP)))
                        .toCompletableFuture());
            }
            saved.forEach(CompletableFuture::join);

            Checkpoint checkpoint = checkpoint(second);
            assertThat(checkpoint.size()).isEqualTo(3 * EACH);
            assertThat(TreeEdge.EMPTY.append(hashes(first, 3 * EACH)).edge().root())
                    .isEqualTo(checkpoint.root());
        }
    }

    @Test
    void aLogThatWasChangedBehindItsBack_isNotWrittenToAnyMore() throws Exception {
        try (PgLedger ledger = open()) {
            ledger.decisions()
                    .save(List.of(DecisionsContract.record("1", "a", Action.KEEP)))
                    .toCompletableFuture()
                    .join();
        }
        TestPostgres.execute(address, "update log_entry set body = '{}' where seq = 0");
        try (PgLedger ledger = open()) {
            assertThatThrownBy(() -> ledger.decisions()
                            .save(List.of(DecisionsContract.record("2", "b", Action.KEEP)))
                            .toCompletableFuture()
                            .join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(LedgerUnavailableException.class)
                    .hasMessageContaining("the audit log is damaged");
            assertThat(ledger.damage()).isPresent();
        }
    }

    @Test
    void aStoreThatForgets_isNoticed() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (PgLedger ledger = Ledgers.open(address, new RegradeMeters(registry))) {
            TestPostgres.execute(address, "create table kept_head as select * from log_head");
            for (int i = 1; i <= 3; i++) {
                ledger.decisions()
                        .save(List.of(DecisionsContract.record(String.valueOf(i), "a", Action.KEEP)))
                        .toCompletableFuture()
                        .join();
            }
            assertThat(registry.counter(RegradeMeters.DECISIONS_LOST).count()).isZero();
            // As a backup does that is older.
            TestPostgres.execute(
                    address,
                    "delete from log_head; insert into log_head select * from kept_head; delete from log_entry;"
                            + " delete from decision; delete from facts");
            ledger.decisions()
                    .save(List.of(DecisionsContract.record("4", "a", Action.KEEP)))
                    .toCompletableFuture()
                    .join();
            assertThat(registry.counter(RegradeMeters.DECISIONS_LOST).count()).isEqualTo(3);
            assertThat(registry.counter(RegradeMeters.DECISIONS_RECORDED).count())
                    .isEqualTo(4);
        }
    }

    @Test
    void aClockThatIsSetBack_changesNothingOfTheLog() {
        java.time.Instant now = java.time.Instant.parse("2026-06-01T00:00:00Z");
        long size = 0;
        for (int year = 0; year < 3; year++) {
            Clock clock = Clock.fixed(now.minus(365L * year, java.time.temporal.ChronoUnit.DAYS), ZoneOffset.UTC);
            try (PgLedger ledger = Ledgers.open(address, new RegradeMeters(new SimpleMeterRegistry()), clock)) {
                for (int i = 1; i <= 100; i++) {
                    ledger.decisions()
                            .save(List.of(DecisionsContract.record(
                                    String.valueOf((year + 1) * 1000 + i), "vm-" + i, Action.KEEP)))
                            .toCompletableFuture()
                            .join();
                }
                size += 100;
                Checkpoint checkpoint = checkpoint(ledger);
                assertThat(checkpoint.size()).isEqualTo(size);
                assertThat(TreeEdge.EMPTY.append(hashes(ledger, size)).edge().root())
                        .isEqualTo(checkpoint.root());
            }
        }
    }
}
