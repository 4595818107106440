package io.regrade.telemetry.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.regrade.db.DatabaseAddress;
import io.regrade.db.TestPostgres;
import io.regrade.fact.Resource;
import io.regrade.fact.Usage;
import io.regrade.intake.telemetry.Measure;
import io.regrade.intake.telemetry.MeasuredHours;
import io.regrade.intake.telemetry.MonitoredSeries;
import io.regrade.intake.telemetry.SampleBatch;
import io.regrade.telemetry.Telemetry.Received;
import io.regrade.telemetry.TelemetrySettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is stored, over time, restarts, failures and several servers. */
class PgTelemetryTest {

    private static final Instant START = Instant.parse("2025-03-01T00:00:00Z");
    private static final MonitoredSeries CPU =
            new MonitoredSeries("a", "node_exporter", Measure.CPU_VCPU, "cpu=0", true, 1, 1);
    private static final MonitoredSeries MEMORY = MonitoredSeries.of("a", Measure.MEMORY_GIB);

    private final DatabaseAddress database = TestPostgres.freshDatabase();
    private final Moved clock = new Moved();
    private final List<PgTelemetry> open = new ArrayList<>();

    /** A clock that stands until it is moved. */
    private static final class Moved extends Clock {
        private Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private PgTelemetry server() {
        return server(() -> TestPostgres.connect(database));
    }

    private PgTelemetry server(Connections connections) {
        PgTelemetry server = new PgTelemetry(connections, connections, TelemetrySettings.DEFAULT, clock);
        open.add(server);
        return server;
    }

    @AfterEach
    void close() {
        open.forEach(PgTelemetry::close);
    }

    /** A counter of a processor that is used by 0.5, and memory, every minute. */
    private static SampleBatch minutes(int from, int to) {
        SampleBatch batch = new SampleBatch();
        batch.series(CPU);
        for (int i = from; i < to; i++) {
            batch.add(START.toEpochMilli() + i * 60_000L, 100 + 30.0 * i);
        }
        batch.series(MEMORY);
        for (int i = from; i < to; i++) {
            batch.add(START.toEpochMilli() + i * 60_000L, 2 + i % 50 * 0.01);
        }
        return batch;
    }

    private static Received stored(PgTelemetry server, SampleBatch batch) {
        return server.store(batch).toCompletableFuture().join();
    }

    private static MeasuredHours hours(PgTelemetry server) {
        return server.hours(List.of("a"), null, null)
                .toCompletableFuture()
                .join()
                .getOrDefault("a", MeasuredHours.NONE);
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = TestPostgres.connect(database);
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The moment of receipt is the database's own: what came is made to have come earlier. */
    private void receivedLongAgo() throws SQLException {
        TestPostgres.execute(database, "update telemetry_chunk set received_at = '2025-03-01'");
    }

    @Test
    void closingHours_changesNoStatistics_andLosesNoRateBetweenThem() throws SQLException {
        PgTelemetry server = server();
        clock.now = START.plus(Duration.ofMinutes(300));
        assertThat(stored(server, minutes(0, 300))).isEqualTo(new Received(600, 0, 0, 0));
        List<Usage> before = hours(server).usage();
        assertThat(before.get(0).samples()).isEqualTo(299);

        receivedLongAgo();
        assertThat(server.closeHours()).isEqualTo(1);
        assertThat(number("select hours from telemetry_day")).isEqualTo(0b111);
        assertThat(hours(server).usage())
                .usingRecursiveComparison()
                .withComparatorForType((a, b) -> Math.abs(a - b) < 2e-4 ? 0 : Double.compare(a, b), Double.class)
                .isEqualTo(before);

        assertThat(stored(server, minutes(0, 301))).isEqualTo(new Received(2, 240, 360, 0));
        clock.now = START.plus(Duration.ofDays(1));
        receivedLongAgo();
        assertThat(server.closeHours()).isEqualTo(1);
        assertThat(number("select count(*) from telemetry_chunk")).isZero();
        Usage cpu = hours(server).usage().get(0);
        assertThat(cpu.samples()).isEqualTo(300);
        assertThat(cpu.max()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void history_canBeSentInParts_ofHoursThatAreLongOver() throws SQLException {
        PgTelemetry server = server();
        clock.now = START.plus(Duration.ofDays(10));
        stored(server, minutes(600, 900));
        assertThat(server.closeHours()).isZero(); // something has just come
        assertThat(stored(server, minutes(0, 650))).isEqualTo(new Received(1200, 100, 0, 0));
        receivedLongAgo();
        assertThat(server.closeHours()).isEqualTo(1);
        assertThat(hours(server).of(Resource.CPU)).hasSize(15);
        assertThat(hours(server).usage().get(1).samples()).isEqualTo(900);
        assertThat(server.hours(List.of("a"), START.plusSeconds(3600), START.plusSeconds(3 * 3600))
                        .toCompletableFuture()
                        .join()
                        .get("a")
                        .of(Resource.MEMORY))
                .hasSize(2);
    }

    @Test
    void aServerThatComesUpAgain_knowsWhatIsStored() {
        clock.now = START.plus(Duration.ofHours(1));
        PgTelemetry first = server();
        stored(first, minutes(0, 30));
        assertThat(stored(server(), minutes(10, 40))).isEqualTo(new Received(20, 40, 0, 0));
    }

    @Test
    void severalServers_countOnce_andKnowWhatIsClosed() throws SQLException {
        clock.now = START.plus(Duration.ofHours(1));
        PgTelemetry one = server();
        PgTelemetry other = server();
        stored(one, minutes(0, 10));
        stored(other, minutes(0, 20));
        stored(one, minutes(5, 20)); // it does not know what the other one took since
        assertThat(hours(one).usage()).isEqualTo(hours(other).usage());
        assertThat(hours(one).usage().get(1).samples()).isEqualTo(20);
        clock.now = START.plus(Duration.ofHours(5));
        receivedLongAgo();
        assertThat(one.closeHours() + other.closeHours()).isEqualTo(1);
        assertThat(stored(other, minutes(20, 60))).isEqualTo(new Received(0, 0, 80, 0));
        assertThat(hours(other).usage().get(1).samples()).isEqualTo(20);
    }

    @Test
    void whatFails_isRefused_andCanBeSentAgain() {
        boolean[] broken = {false};
        PgTelemetry server = server(() -> {
            if (broken[0]) {
                throw new SQLException("away", "08006");
            }
            return TestPostgres.connect(database);
        });
        clock.now = START.plus(Duration.ofHours(1));
        stored(server, minutes(0, 10));
        broken[0] = true;
        try {
            TestPostgres.execute(
                    database,
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where datname = current_database() and pid <> pg_backend_pid()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        assertThatThrownBy(() -> stored(server, minutes(10, 20))).hasMessageContaining("does not answer");
        broken[0] = false;
        assertThat(stored(server, minutes(0, 20))).isEqualTo(new Received(20, 20, 0, 0));
    }

    @Test
    void days_areWrittenToTheByteThatIsKept() {
        Random random = new Random(3);
        io.regrade.intake.telemetry.OpenSamples samples = new io.regrade.intake.telemetry.OpenSamples();
        for (int i = 0; i < 288; i++) {
            long at = START.toEpochMilli() + i * 300_000L;
            samples.add(MEMORY, at, Math.exp(3 * random.nextGaussian()));
            samples.add(MonitoredSeries.of("a", Measure.CPU_VCPU), at, random.nextInt(4));
            samples.add(MonitoredSeries.of("a", Measure.STORAGE_GIB), at, 0);
        }
        MeasuredHours day = samples.hours();
        MeasuredHours read = DayBody.read(DayBody.write(day));
        for (Resource resource : List.of(Resource.CPU, Resource.MEMORY, Resource.STORAGE)) {
            for (int i = 0; i < 24; i++) {
                var was = day.of(resource).get(i);
                var is = read.of(resource).get(i);
                assertThat(is.max()).isEqualTo(was.max());
                assertThat(is.min()).isCloseTo(was.min(), within(was.min() / 5_000));
                assertThat(is.sum()).isCloseTo(was.sum(), within(was.max() * 12 / 1_000_000));
                assertThat(is)
                        .usingRecursiveComparison()
                        .ignoringFields("min", "sum")
                        .isEqualTo(was);
            }
        }
    }
}
