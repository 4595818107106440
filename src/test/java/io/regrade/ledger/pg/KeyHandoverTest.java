package io.regrade.ledger.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.regrade.audit.LogSource;
import io.regrade.audit.LogVerifier;
import io.regrade.audit.Verification;
import io.regrade.db.DatabaseAddress;
import io.regrade.db.TestPostgres;
import io.regrade.ledger.AuditLog;
import io.regrade.ledger.Event;
import io.regrade.ledger.log.LogKey;
import io.regrade.ledger.log.LogKeyException;
import io.regrade.metrics.RegradeMeters;
import io.regrade.tlog.SigningKey;
import io.regrade.tlog.TilePath;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyHandoverTest {

    private static final Event REFUSAL =
            new Event("refusal", JsonNodeFactory.instance.objectNode().put("reason", "not possible"));

    private final DatabaseAddress address = TestPostgres.freshDatabase();
    private final LogKey old = key();
    private final LogKey next = key();

    private static LogKey key() {
        return LogKey.of(SigningKey.generate("regrade.test/log", new SecureRandom()));
    }

    private PgLedger open(LogKey key) {
        ConnectionSource source = () -> TestPostgres.connect(address);
        return PgLedger.open(source, source, 2, key, new RegradeMeters(new SimpleMeterRegistry()), Clock.systemUTC());
    }

    private void pass(LogKey from, LogKey to) {
        KeyHandover.pass(() -> TestPostgres.connect(address), from, to, Clock.systemUTC());
    }

    private static void append(PgLedger ledger, int count) {
        ledger.log()
                .append(Collections.nCopies(count, REFUSAL))
                .toCompletableFuture()
                .join();
    }

    private static Verification verify(AuditLog log, LogKey known) {
        LogSource source = new LogSource() {
            @Override
            public byte[] checkpoint() {
                return log.checkpoint().toCompletableFuture().join().getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public Optional<byte[]> read(TilePath path) {
                return (path.isEntries()
                                ? log.entries(path.index(), path.width())
                                : log.tile(path.level(), path.index(), path.width()))
                        .toCompletableFuture()
                        .join();
            }
        };
        return new LogVerifier(source, known.signingKey().verifier()).verify((done, total) -> {});
    }

    @Test
    void log_goesOnWithTheNextKey_andVerifiesWithEither() {
        try (PgLedger ledger = open(old)) {
            append(ledger, 300);
        }
        pass(old, next);
        pass(old, next);

        try (PgLedger ledger = open(next)) {
            append(ledger, 300);
            for (LogKey known : List.of(old, next)) {
                Verification found = verify(ledger.log(), known);
                assertThat(found.defects()).isEmpty();
                assertThat(found.verified()).isTrue();
                assertThat(found.size()).isEqualTo(601);
                assertThat(found.rotations()).isEqualTo(1);
            }
        }
        assertThatThrownBy(() -> open(old)).isInstanceOf(LogKeyException.class);
    }

    @Test
    void emptyLog_begins_withItsRotation() {
        pass(old, next);

        try (PgLedger ledger = open(next)) {
            assertThat(verify(ledger.log(), old).verified()).isTrue();
            assertThat(verify(ledger.log(), old).size()).isEqualTo(1);
        }
    }

    @Test
    void strangeKey_cannotPassTheLogOn() {
        open(old).close();

        assertThatThrownBy(() -> pass(key(), next))
                .isInstanceOf(LogKeyException.class)
                .hasMessageContaining("cannot be passed on by");
    }

    @Test
    void serverThatStillHasTheOldKey_writesNothingMore() {
        try (PgLedger ledger = open(old)) {
            append(ledger, 1);
            pass(old, next);

            assertThat(ledger.log().append(List.of(REFUSAL)).toCompletableFuture())
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withMessageContaining("another server passed the log on to the key");
            assertThat(ledger.damage()).isPresent();
            assertThat(verify(ledger.log(), old).verified()).isTrue();
        }
    }
}
