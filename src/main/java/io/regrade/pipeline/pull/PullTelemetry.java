package io.regrade.pipeline.pull;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.intake.telemetry.SampleBatch;
import io.regrade.intake.telemetry.mapping.Mappings;
import io.regrade.intake.telemetry.mapping.MatrixReader;
import io.regrade.ledger.DaemonThread;
import io.regrade.ledger.LedgerAnswer;
import io.regrade.ledger.LedgerUnavailableException;
import io.regrade.telemetry.Telemetry;
import io.regrade.telemetry.Telemetry.Received;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one monitor for what it measured, in Prometheus' HTTP API: each known metric by itself, an hour at a time. Moments lie
 * on multiples of the step, so that what is asked for twice, after a failure, a restart or by several servers, is the same
 * and counts once. Thread-safe.
 */
public final class PullTelemetry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PullTelemetry.class);
    private static final Duration AT_ONCE = Duration.ofHours(1);
    /** Samples that are this young may still be missing. */
    private static final Duration DELAY = Duration.ofSeconds(30);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PullSettings settings;
    private final Mappings mappings;
    private final Telemetry telemetry;
    private final Clock clock;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ScheduledExecutorService thread = DaemonThread.named("regrade-pull");
    private Instant next;

    public PullTelemetry(PullSettings settings, Mappings mappings, Telemetry telemetry, Clock clock) {
        this.settings = settings;
        this.mappings = mappings;
        this.telemetry = telemetry;
        this.clock = clock;
        this.next = clock.instant().minus(settings.past());
    }

    /** Begins to ask. */
    public void start() {
        thread.scheduleWithFixedDelay(this::tryPull, 0, settings.every().toSeconds(), TimeUnit.SECONDS);
    }

    private void tryPull() {
        try {
            Received received = pull();
            LOG.debug("{}: {} samples are new", settings.url(), received.accepted());
        } catch (IOException | LedgerUnavailableException e) {
            LOG.warn("{} is asked again later: {}", settings.url(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("{} cannot be asked", settings.url(), e);
        }
    }

    /**
     * Asks for everything up to now that was not asked for. What is done is kept when it fails in between.
     *
     * @throws IOException when the monitor does not answer as it should
     */
    public synchronized Received pull() throws IOException, InterruptedException {
        Received all = Received.NONE;
        long step = settings.step().toSeconds();
        Instant end = clock.instant().minus(DELAY);
        while (next.isBefore(end)) {
            Instant to = next.plus(AT_ONCE).isBefore(end) ? next.plus(AT_ONCE) : end;
            long from = -Math.floorDiv(-next.getEpochSecond(), step) * step;
            long until = Math.floorDiv(to.getEpochSecond(), step) * step;
            if (until >= from) {
                for (String metric : mappings.metrics()) {
                    SampleBatch batch = new SampleBatch();
                    MatrixReader.read(asked(metric, from, until, step), mappings, batch);
                    all = all.plus(LedgerAnswer.await(telemetry.store(batch)));
                }
            }
            next = to;
        }
        return all;
    }

    private byte[] asked(String metric, long from, long until, long step) throws IOException, InterruptedException {
        URI uri = URI.create(settings.url() + "/api/v1/query_range?query=" + URLEncoder.encode(metric, UTF_8)
                + "&start=" + from + "&end=" + until + "&step=" + step);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
        Path token = settings.tokenFile();
        if (token != null) {
            request.header(
                    "Authorization", "Bearer " + Files.readString(token, UTF_8).strip());
        }
        HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException("it answers " + response.statusCode() + " to `" + metric + "`");
        }
        return response.body();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
