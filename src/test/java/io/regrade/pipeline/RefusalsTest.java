package io.regrade.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.regrade.db.DatabaseAddress;
import io.regrade.db.TestPostgres;
import io.regrade.ledger.pg.Ledgers;
import io.regrade.ledger.pg.PgLedger;
import io.regrade.metrics.RegradeMeters;
import io.regrade.tlog.EntryBundle;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RefusalsTest {

    private final DatabaseAddress address = TestPostgres.freshDatabase();
    private final AtomicBoolean away = new AtomicBoolean();

    private PgLedger open() {
        return Ledgers.open(
                () -> {
                    if (away.get()) {
                        throw new SQLException("away", "08006");
                    }
                    return TestPostgres.connect(address);
                },
                new RegradeMeters(new SimpleMeterRegistry()));
    }

    private static List<String> entries(PgLedger ledger) {
        List<String> entries = List.of();
        for (int size = 1; ; size++) {
            Optional<byte[]> bytes =
                    ledger.log().entries(0, size).toCompletableFuture().join();
            if (bytes.isEmpty()) {
                return entries;
            }
            entries = EntryBundle.parse(bytes.get()).stream()
                    .map(entry -> new String(entry, UTF_8))
                    .toList();
        }
    }

    /** How many refusals are told by their number. */
    private static int counted(PgLedger ledger) {
        Pattern count = Pattern.compile("\"count\":(\\d+)");
        return entries(ledger).stream()
                .map(count::matcher)
                .filter(Matcher::find)
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .sum();
    }

    @Test
    void whatIsRefusedWhileTheLedgerIsAway_isToldOnceItIsBack() throws Exception {
        try (PgLedger ledger = open();
                Refusals refusals = new Refusals(ledger.log(), Clock.systemUTC())) {
            refusals.refused("invalid-request", List.of("/vms/0/vcpu"))
                    .toCompletableFuture()
                    .join();
            away.set(true);
            TestPostgres.execute(
                    address,
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where datname = current_database() and pid <> pg_backend_pid()");
            for (int i = 0; i < 7; i++) {
                refusals.counted("ledger-unavailable");
            }
            // Gets its answer all the same, once it is sure that it cannot be told now.
            refusals.refused("invalid-request", List.of("/vms/0/id"))
                    .toCompletableFuture()
                    .join();
            away.set(false);
            // Two leaves or one: what came while the first was on its way is told with the next.
            while (counted(ledger) < 8) {
                Thread.sleep(50); // the test's timeout bounds it
            }

            assertThat(counted(ledger)).isEqualTo(8);
            List<String> told = entries(ledger);
            assertThat(told.get(0))
                    .contains("\"reason\":\"invalid-request at /vms/0/vcpu\"")
                    .doesNotContain("count");
            assertThat(told.get(1)).contains("7 ledger-unavailable", "\"from\":", "\"until\":");
            assertThat(String.join("", told)).contains("1 invalid-request");
        }
    }

    @Test
    void whatIsCountedWhenTheServerStops_isToldAtTheEnd() {
        try (PgLedger ledger = open()) {
            try (Refusals refusals = new Refusals(ledger.log(), Clock.systemUTC())) {
                refusals.counted("busy");
                refusals.counted("busy");
            }
            assertThat(entries(ledger)).singleElement().asString().contains("\"reason\":\"2 busy\"");
        }
    }
}
