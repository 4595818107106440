package io.regrade.web;

import io.regrade.config.HttpConfig;
import io.regrade.intake.telemetry.mapping.Mappings;
import io.regrade.ledger.AuditLog;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.Drafts;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.PolicyHistory;
import io.regrade.ledger.Recommendations;
import io.regrade.ledger.UsageRecords;
import io.regrade.metrics.RegradeMeters;
import io.regrade.offer.AnswerLinks;
import io.regrade.offer.Offers;
import io.regrade.offer.Outbox;
import io.regrade.pipeline.AnswerDecisions;
import io.regrade.pipeline.DraftJobs;
import io.regrade.pipeline.EditDraft;
import io.regrade.pipeline.EvaluationJobs;
import io.regrade.pipeline.PastEvaluations;
import io.regrade.pipeline.Policies;
import io.regrade.pipeline.PolicyLife;
import io.regrade.pipeline.Refusals;
import io.regrade.pipeline.Rollout;
import io.regrade.pipeline.execution.ExecutionJobs;
import io.regrade.pipeline.fleet.FleetView;
import io.regrade.pipeline.impact.ExportFacts;
import io.regrade.pipeline.instantiation.MakeMachines;
import io.regrade.pipeline.manifest.AnalyzeManifests;
import io.regrade.pipeline.manifest.HoldManifests;
import io.regrade.pipeline.offering.MakeOffers;
import io.regrade.pipeline.outcome.WatchOutcomes;
import io.regrade.pipeline.planning.PlanJobs;
import io.regrade.pipeline.shadow.Shadows;
import io.regrade.telemetry.Telemetry;
import io.regrade.web.console.Console;
import io.regrade.web.contract.Contract;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The HTTP server. Closing it takes nothing more, lets what is under way come to its end within {@link
 * HttpConfig#drainSeconds()}, and then stops.
 */
public final class WebServer implements AutoCloseable {

    private static final int IDLE_SECONDS = 75;
    private static final int COMPRESS_FROM_BYTES = 1024;
    private static final int START_SECONDS = 30;

    private final HttpConfig config;
    private final Vertx vertx;
    private final HttpServer server;
    private final Workers workers;
    private final Refusals refusals;
    private final Stopping stopping;

    /**
     * What the server serves.
     *
     * @param policies what decides
     * @param fleet the machines with the last advice on each
     * @param inventory what is held
     * @param decidedOn what is held with all that is known of it
     * @param telemetry what monitors sent
     * @param mappings what monitors' names mean
     * @param decisions what was decided
     * @param recommendations the advice that is open, and what people said of it
     * @param log what proves it
     * @param jobs what evaluates the whole fleet
     * @param plans what plans it
     * @param offers what is put to people
     * @param executions what carries out what was approved
     * @param outcomes what became of it
     * @param making makes machines of what servers supply
     * @param past makes stored decisions again; stays open until the server is closed
     * @param rollout brings versions into force
     * @param shadows decide beside
     * @param life how policies change
     * @param meters what is counted
     * @param scrape all meters in the text format of Prometheus
     * @param checks what must hold for it to be ready
     * @param settings the configuration by key, secrets hidden
     * @param clock the time that decisions are made at
     */
    public record Parts(
            Policies policies,
            FleetView fleet,
            Inventory inventory,
            Inventory decidedOn,
            Telemetry telemetry,
            Mappings mappings,
            Decisions decisions,
            Recommendations recommendations,
            AuditLog log,
            EvaluationJobs jobs,
            PlanJobs plans,
            OfferParts offers,
            ExecutionJobs executions,
            WatchOutcomes outcomes,
            MakeMachines making,
            PastEvaluations past,
            Rollout rollout,
            Shadows shadows,
            LifeParts life,
            RegradeMeters meters,
            Supplier<String> scrape,
            List<HealthCheck> checks,
            Map<String, String> settings,
            Clock clock) {}

    /**
     * How policies change.
     *
     * @param drafts what may decide one day
     * @param history what decided
     * @param jobs what checks, tests and measures drafts
     * @param life activates and goes back
     * @param approvals how many others than its authors have to approve a draft
     */
    public record LifeParts(Drafts drafts, PolicyHistory history, DraftJobs jobs, PolicyLife life, int approvals) {}

    /**
     * What is put to people.
     *
     * @param offers the offers
     * @param making makes them
     * @param outbox what is told of them
     * @param links lets people answer by a link
     * @param usage what bills are made of
     */
    public record OfferParts(Offers offers, MakeOffers making, Outbox outbox, AnswerLinks links, UsageRecords usage) {}

    /** Whether the server is on its way out. */
    private static final class Stopping {
        private volatile boolean begun;

        Optional<String> problem() {
            return begun ? Optional.of("the server is stopping") : Optional.empty();
        }
    }

    private WebServer(
            HttpConfig config, Vertx vertx, HttpServer server, Workers workers, Refusals refusals, Stopping stopping) {
        this.refusals = refusals;
        this.config = config;
        this.vertx = vertx;
        this.server = server;
        this.workers = workers;
        this.stopping = stopping;
    }

    /**
     * Starts to listen.
     *
     * @throws IOException when it cannot listen at the address; the message says which
     */
    public static WebServer start(HttpConfig config, Parts parts) throws IOException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));
        Workers workers = new Workers(config, parts.meters());
        Stopping stopping = new Stopping();
        Refusals refusals = new Refusals(parts.log(), parts.clock());
        try {
            Contract contract = Contract.load();
            Console console = new Console(
                    vertx,
                    new Console.Parts(
                            parts.fleet(),
                            parts.decidedOn(),
                            parts.telemetry(),
                            parts.decisions(),
                            parts.recommendations(),
                            parts.past(),
                            parts.plans(),
                            parts.policies(),
                            parts.life().history(),
                            parts.life().drafts(),
                            parts.log(),
                            parts.settings()));
            ApiRouter router = new ApiRouter(
                    vertx,
                    contract,
                    endpoints(contract, parts, workers, stopping),
                    workers,
                    new Idempotency(parts.clock()),
                    new Sender(vertx, parts.meters(), new RefusedRequests(refusals, contract.words())),
                    config.maxBodyBytes());
            HttpServerOptions options = new HttpServerOptions()
                    .setIdleTimeout(IDLE_SECONDS)
                    .setCompressionSupported(true)
                    .setCompressionContentSizeThreshold(COMPRESS_FROM_BYTES)
                    .setHandle100ContinueAutomatically(true);
            HttpServer server = vertx.createHttpServer(options)
                    .requestHandler(router.router(console::mount))
                    .invalidRequestHandler(Sender::unreadable);
            await(server.listen(config.port(), config.host()), START_SECONDS);
            return new WebServer(config, vertx, server, workers, refusals, stopping);
        } catch (ExecutionException | TimeoutException e) {
            workers.close(0);
            refusals.close();
            vertx.close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    "cannot listen at `" + config.host() + ":" + config.port() + "`: " + cause.getMessage()
                            + ". Maybe another port is free: `--port 0` takes any",
                    cause);
        } catch (RuntimeException e) {
            workers.close(0);
            refusals.close();
            vertx.close();
            throw e;
        }
    }

    private static Map<String, Endpoint> endpoints(Contract contract, Parts parts, Workers workers, Stopping stopping) {
        AnswerDecisions answers = new AnswerDecisions(
                parts.policies(),
                parts.decidedOn(),
                parts.decisions(),
                parts.recommendations(),
                parts.meters(),
                parts.shadows());
        List<HealthCheck> checks = new ArrayList<>(parts.checks());
        checks.add(new HealthCheck("server", stopping::problem));
        Map<String, Endpoint> endpoints = new HashMap<>();
        endpoints.putAll(new DecisionEndpoints(answers, parts.decisions(), parts.clock()).all());
        endpoints.putAll(new EvidenceEndpoints(parts.decisions(), parts.policies(), parts.past(), workers).all());
        endpoints.putAll(new RolloutEndpoints(parts.policies(), parts.rollout(), parts.shadows(), workers).all());
        endpoints.putAll(new InventoryEndpoints(parts.inventory(), parts.clock()).all());
        endpoints.putAll(
                new TelemetryEndpoints(parts.telemetry(), parts.inventory(), parts.mappings(), parts.meters()).all());
        endpoints.putAll(new ManifestEndpoints(new HoldManifests(parts.inventory(), new AnalyzeManifests())).all());
        ExportFacts export = new ExportFacts(parts.decidedOn(), parts.decisions(), parts.recommendations());
        endpoints.putAll(new FactEndpoints(export, parts.policies(), workers, parts.clock()).all());
        OperationEndpoints operation = new OperationEndpoints(parts.policies(), checks, parts.scrape());
        parts.meters().gauge(RegradeMeters.READY, "1 while the server is ready", () -> operation.isReady() ? 1 : 0);
        endpoints.putAll(operation.all());
        endpoints.putAll(new AuditEndpoints(parts.log(), parts.decisions()).all());
        endpoints.putAll(new EvaluationEndpoints(parts.jobs()).all());
        endpoints.putAll(new PlanEndpoints(parts.plans()).all());
        ExecutionEndpoints executions = new ExecutionEndpoints(parts.executions(), workers);
        endpoints.putAll(executions.all());
        endpoints.putAll(new OutcomeEndpoints(parts.outcomes(), workers).all());
        endpoints.putAll(new InstantiationEndpoints(parts.making()).all());
        endpoints.putAll(new RecommendationEndpoints(parts.recommendations(), executions, parts.clock()).all());
        OfferParts offers = parts.offers();
        endpoints.putAll(new OfferEndpoints(offers.offers(), offers.making(), parts.clock()).all());
        endpoints.putAll(new OfferLinkEndpoints(offers.offers(), offers.links(), parts.clock()).all());
        endpoints.putAll(new UsageEndpoints(offers.usage(), parts.clock()).all());
        endpoints.putAll(new NotificationEndpoints(offers.outbox()).all());
        endpoints.putAll(life(parts.life()));
        endpoints.putAll(new DocsEndpoints(contract).all());
        return endpoints;
    }

    private static Map<String, Endpoint> life(LifeParts parts) {
        EditDraft editing = new EditDraft(parts.drafts(), parts.history());
        Map<String, Endpoint> endpoints = new HashMap<>();
        endpoints.putAll(new DraftEndpoints(parts.drafts(), editing, parts.life(), parts.approvals()).all());
        endpoints.putAll(new DraftFileEndpoints(parts.drafts(), parts.history(), editing).all());
        endpoints.putAll(new DraftRunEndpoints(parts.drafts(), parts.jobs()).all());
        endpoints.putAll(new VersionEndpoints(parts.history(), parts.life()).all());
        return endpoints;
    }

    /** Where it is, such as {@code http://127.0.0.1:8080}. */
    public URI address() {
        String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
        return URI.create("http://" + host + ":" + server.actualPort());
    }

    @Override
    public void close() {
        stopping.begun = true;
        try {
            await(server.shutdown(config.drainSeconds(), TimeUnit.SECONDS), config.drainSeconds() + 5);
        } catch (ExecutionException | TimeoutException e) {
            // closed below all the same
        }
        workers.close(config.drainSeconds());
        refusals.close();
        try {
            await(vertx.close(), START_SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // its threads are daemons: the process can end
        }
    }

    private static <T> T await(Future<T> future, long seconds) throws ExecutionException, TimeoutException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted");
        }
    }
}
