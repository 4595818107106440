package io.regrade.bench;

import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.regrade.db.Database;
import io.regrade.db.embedded.EmbeddedPostgres;
import io.regrade.intake.telemetry.RemoteWriteBody;
import io.regrade.intake.telemetry.mapping.MappedSamples;
import io.regrade.intake.telemetry.mapping.MappingReader;
import io.regrade.intake.telemetry.mapping.Mappings;
import io.regrade.intake.telemetry.remote.Labels;
import io.regrade.intake.telemetry.remote.RemoteWrite;
import io.regrade.intake.telemetry.remote.SeriesSink;
import io.regrade.telemetry.Telemetry.Received;
import io.regrade.telemetry.TelemetrySettings;
import io.regrade.telemetry.pg.PgTelemetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * The same remote-write bodies decoded alone and stored durably, in turns, in one run; prints the ratio of their speeds.
 * Decoding is decompressing, going through the message and reading the labels as texts, and once more without the texts.
 * Arguments: machines (500), scrapes (20), rounds (3).
 */
public final class TelemetryRun {

    private static final int THREADS = 2;
    private static final int IN_FLIGHT = 200;
    private static final int SAMPLES_A_BODY = 2000;

    private TelemetryRun() {}

    private record Body(byte[] snappy, int samples) {}

    public static void main(String[] arguments) throws Exception {
        int machines = number(arguments, 0, 500);
        int scrapes = number(arguments, 1, 20);
        int rounds = number(arguments, 2, 3);
        Mappings mappings = MappingReader.directory(Path.of("config/telemetry"), new ArrayList<>());
        Path home = Files.createTempDirectory("regrade-telemetry-run");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(home)) {
            Database database = Database.open(postgres.address(), 4);
            try (PgTelemetry telemetry = new PgTelemetry(
                    database::dedicated, database::pooled, TelemetrySettings.DEFAULT, Clock.systemUTC())) {
                long now = System.currentTimeMillis();
                long start = now - 3_600_000L;
                for (int round = 0; round <= rounds; round++) {
                    List<Body> bodies = bodies(machines, scrapes, start + round * scrapes * 15_000L);
                    long samples = bodies.stream().mapToLong(Body::samples).sum();
                    double texts = samples / decoded(bodies, threads, true);
                    double plain = samples / decoded(bodies, threads, false);
                    double stored = samples / stored(bodies, threads, mappings, telemetry, samples);
                    String what = round == 0 ? "warm-up" : "round " + round;
                    System.out.printf(
                            "%s: %d samples; decoded with texts %.0f/s, without %.0f/s; stored %.0f/s; ratio %.2f, %.2f%n",
                            what, samples, texts, plain, stored, stored / texts, stored / plain);
                }
            }
            database.close();
        }
        threads.shutdown();
    }

    private static int number(String[] arguments, int place, int byDefault) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : byDefault;
    }

    /** What a Prometheus sends of node_exporters, as far as it is measured: 30 series a machine, 2,000 samples a body. */
    private static List<Body> bodies(int machines, int scrapes, long start) {
        List<Body> bodies = new ArrayList<>();
        RemoteWriteBody body = new RemoteWriteBody();
        for (int scrape = 0; scrape < scrapes; scrape++) {
            long at = start + scrape * 15_000L;
            for (int machine = 0; machine < machines; machine++) {
                String instance = "machine-" + machine + ".example.org:9100";
                String[] common = {"instance", instance, "job", "node", "datacenter", "fra1", "cluster", "production"};
                double grown = at / 1000.0;
                for (String cpu : List.of("0", "1", "2", "3")) {
                    for (String mode : List.of("user", "nice", "system", "irq", "softirq")) {
                        body.add(at, grown, "node_cpu_seconds_total", with(common, "cpu", cpu, "mode", mode));
                    }
                }
                body.add(at, 16e9, "node_memory_MemTotal_bytes", common);
                body.add(at, 9e9 + scrape, "node_memory_MemAvailable_bytes", common);
                for (String metric : List.of(
                        "node_disk_read_bytes_total",
                        "node_disk_written_bytes_total",
                        "node_disk_reads_completed_total",
                        "node_disk_writes_completed_total",
                        "node_network_receive_bytes_total",
                        "node_network_transmit_bytes_total")) {
                    body.add(at, grown * 1e4, metric, with(common, "device", "sda"));
                }
                body.add(at, 90e9, "node_filesystem_size_bytes", with(common, "device", "/dev/sda1", "fstype", "ext4"));
                body.add(
                        at, 40e9, "node_filesystem_avail_bytes", with(common, "device", "/dev/sda1", "fstype", "ext4"));
                if (body.size() >= SAMPLES_A_BODY) {
                    bodies.add(packed(body));
                    body = new RemoteWriteBody();
                }
            }
        }
        if (body.size() > 0) {
            bodies.add(packed(body));
        }
        return bodies;
    }

    private static String[] with(String[] common, String... more) {
        String[] all = Arrays.copyOf(common, common.length + more.length);
        System.arraycopy(more, 0, all, common.length, more.length);
        return all;
    }

    private static Body packed(RemoteWriteBody body) {
        byte[] plain = body.version1();
        SnappyCompressor snappy = new SnappyCompressor();
        byte[] packed = new byte[snappy.maxCompressedLength(plain.length)];
        int size = snappy.compress(plain, 0, plain.length, packed, 0, packed.length);
        return new Body(Arrays.copyOf(packed, size), body.size());
    }

    private static byte[] plain(Body body) {
        byte[] plain = new byte[SnappyDecompressor.getUncompressedLength(body.snappy, 0)];
        new SnappyDecompressor().decompress(body.snappy, 0, body.snappy.length, plain, 0, plain.length);
        return plain;
    }

    /** Seconds that decoding takes on all threads. */
    private static double decoded(List<Body> bodies, ExecutorService threads, boolean texts) throws Exception {
        long begun = System.nanoTime();
        List<Future<Long>> parts = new ArrayList<>();
        for (Body body : bodies) {
            parts.add(threads.submit(() -> {
                long[] sum = {0};
                RemoteWrite.version1(plain(body), new SeriesSink() {
                    @Override
                    public void series(Labels labels) {
                        sum[0] += texts ? labels.texts().size() : labels.hashCode();
                    }

                    @Override
                    public void sample(long epochMillis, double value) {
                        sum[0] += epochMillis;
                    }
                });
                return sum[0];
            }));
        }
        for (Future<Long> part : parts) {
            part.get();
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    /** Seconds until all of it lasts. */
    private static double stored(
            List<Body> bodies, ExecutorService threads, Mappings mappings, PgTelemetry telemetry, long samples)
            throws Exception {
        long begun = System.nanoTime();
        Semaphore flight = new Semaphore(IN_FLIGHT);
        List<CompletableFuture<Received>> all = new ArrayList<>();
        for (Body body : bodies) {
            flight.acquire();
            all.add(CompletableFuture.supplyAsync(
                            () -> {
                                MappedSamples mapped = new MappedSamples(mappings);
                                RemoteWrite.version1(plain(body), mapped);
                                return mapped.batch();
                            },
                            threads)
                    .thenCompose(telemetry::store)
                    .whenComplete((done, failure) -> flight.release()));
        }
        long accepted = 0;
        for (CompletableFuture<Received> one : all) {
            accepted += one.get().accepted();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (accepted != samples) {
            throw new IllegalStateException(accepted + " of " + samples + " samples were accepted");
        }
        return seconds;
    }
}
