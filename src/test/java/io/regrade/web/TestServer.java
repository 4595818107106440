package io.regrade.web;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.regrade.config.HttpConfig;
import io.regrade.db.DatabaseAddress;
import io.regrade.db.TestPostgres;
import io.regrade.engine.drools.CompiledOnce;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.execute.Executor;
import io.regrade.execute.simulated.SimulatedCloud;
import io.regrade.intake.telemetry.mapping.MappingReader;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.Drafts.Contents;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.pg.Ledgers;
import io.regrade.ledger.pg.PgLedger;
import io.regrade.metrics.RegradeMeters;
import io.regrade.offer.AnswerLinks;
import io.regrade.pipeline.AnswerDecisions;
import io.regrade.pipeline.CountedInventory;
import io.regrade.pipeline.DraftJobs;
import io.regrade.pipeline.DraftTasks;
import io.regrade.pipeline.DraftWork;
import io.regrade.pipeline.EvaluationJobs;
import io.regrade.pipeline.HeldFleet;
import io.regrade.pipeline.LoadedPolicies;
import io.regrade.pipeline.MeasuredInventory;
import io.regrade.pipeline.PastEvaluations;
import io.regrade.pipeline.Policies;
import io.regrade.pipeline.PolicyChoice;
import io.regrade.pipeline.PolicyLife;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.pipeline.Rollout;
import io.regrade.pipeline.StoredVersions;
import io.regrade.pipeline.execution.ExecutionJobs;
import io.regrade.pipeline.execution.ExecutionSettings;
import io.regrade.pipeline.execution.ExecutorChoice;
import io.regrade.pipeline.fleet.FleetView;
import io.regrade.pipeline.fleet.SeenDecisions;
import io.regrade.pipeline.impact.ExportFacts;
import io.regrade.pipeline.impact.FactFeed;
import io.regrade.pipeline.instantiation.MakeMachines;
import io.regrade.pipeline.manifest.AnalyzedInventory;
import io.regrade.pipeline.offering.FollowCounters;
import io.regrade.pipeline.offering.MakeOffers;
import io.regrade.pipeline.outcome.WatchOutcomes;
import io.regrade.pipeline.planning.PlanJobs;
import io.regrade.pipeline.shadow.Shadows;
import io.regrade.policy.bundle.TrustedKeys;
import io.regrade.telemetry.TelemetrySettings;
import io.regrade.telemetry.pg.PgTelemetry;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A real server on a free port, with the standard policy and nothing in it. */
final class TestServer implements AutoCloseable {

    static final Instant NOW = Instant.parse("2025-03-01T12:00:00Z");
    /** The webhooks that offers may name; who tells them is the test's. */
    static final Set<String> WEBHOOKS = Set.of("ops");

    /** Signs the links that offers are answered with. */
    static final AnswerLinks LINKS = new AnswerLinks(new byte[32], "https://regrade.example.org");

    private static final Clock STANDING = Clock.fixed(NOW, ZoneOffset.UTC);
    static final HttpConfig CONFIG = new HttpConfig("127.0.0.1", 0, 1, 2, 64, 16, 10);

    /** For executors that are real. */
    static final ExecutionSettings PATIENT = new ExecutionSettings(
            1, Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofMinutes(3), Duration.ofSeconds(1));

    static final ExecutionSettings QUICK = new ExecutionSettings(
            1, Duration.ofMillis(50), Duration.ofMillis(20), Duration.ofMillis(600), Duration.ofMillis(50));

    /** Compiled once: policies never change, and compiling takes longer than most tests. */
    private static final class Shared {
        static final DroolsCompiler COMPILER = CompiledOnce.compiler();
        static final Policies POLICIES = Policies.load(Path.of("rules"), "standard", COMPILER);
    }

    private static final DraftWork NO_DRAFTS = (task, progress) -> {
        throw new IllegalStateException("no drafts are checked here");
    };

    private final @Nullable Policies owned;
    final DraftJobs trials;
    final PolicyLife life;
    final Inventory inventory;
    final EvaluationJobs jobs;
    private final PlanJobs plans;
    private final FleetView fleet;
    private final HeldFleet heldFleet;
    private final WatchOutcomes outcomes;
    private final MakeMachines makeMachines;
    final ExecutionJobs executions;
    final SimulatedCloud cloud = new SimulatedCloud(20, true, System::nanoTime);
    /** Follows counters up once a test has started it. */
    final FollowCounters counters;

    final PgLedger ledger;
    final PgTelemetry telemetry;
    final DatabaseAddress database;
    final Decisions kept;
    final Shadows shadows;
    final WebServer server;
    final Http http;

    TestServer() throws IOException {
        this(CONFIG, decisions -> decisions, List.of());
    }

    /** One whose samples are of another time. */
    TestServer(Clock measuring) throws IOException {
        this(
                CONFIG,
                decisions -> decisions,
                List.of(),
                ledger -> policies(),
                TestPostgres.freshDatabase(),
                null,
                null,
                measuring);
    }

    TestServer(HttpConfig config, UnaryOperator<Decisions> decisions, List<HealthCheck> checks) throws IOException {
        this(config, decisions, checks, ledger -> policies(), TestPostgres.freshDatabase(), null, null, STANDING);
    }

    /** One whose approved moves are carried out by this. */
    TestServer(Executor executor) throws IOException {
        this(
                CONFIG,
                decisions -> decisions,
                List.of(),
                ledger -> policies(),
                TestPostgres.freshDatabase(),
                null,
                executor,
                STANDING);
    }

    /** One with policies of its own, which its test closes. */
    TestServer(Policies policies) throws IOException {
        this(
                CONFIG,
                decisions -> decisions,
                List.of(),
                ledger -> policies,
                TestPostgres.freshDatabase(),
                null,
                null,
                STANDING);
    }

    /**
     * One whose policy changes, on a database that others may share.
     *
     * @param disk what lies on its disk
     * @param work checks and tests drafts
     * @param trusted the keys that versions must be signed with
     */
    TestServer(ReadyPolicy disk, DatabaseAddress database, DraftWork work, TrustedKeys trusted) throws IOException {
        this(
                CONFIG,
                decisions -> decisions,
                List.of(),
                ledger -> new Policies(
                        List.of(disk),
                        new LoadedPolicies(Shared.COMPILER),
                        PolicyChoice.of(disk.ref().name()),
                        StoredVersions.of(ledger.livePolicies(), trusted),
                        3),
                database,
                work,
                null,
                STANDING);
    }

    /** One that decides by a policy of its test's, and asks these when it is asked whether it is ready. */
    TestServer(ReadyPolicy disk, List<HealthCheck> checks) throws IOException {
        this(
                CONFIG,
                decisions -> decisions,
                checks,
                ledger -> new Policies(
                        List.of(disk),
                        new LoadedPolicies(Shared.COMPILER),
                        PolicyChoice.of(disk.ref().name()),
                        StoredVersions.of(ledger.livePolicies(), TrustedKeys.ANY),
                        3),
                TestPostgres.freshDatabase(),
                NO_DRAFTS,
                null,
                STANDING);
    }

    private TestServer(
            HttpConfig config,
            UnaryOperator<Decisions> decisions,
            List<HealthCheck> checks,
            Function<PgLedger, Policies> registryOf,
            DatabaseAddress address,
            @Nullable DraftWork work,
            @Nullable Executor executor,
            Clock measuring)
            throws IOException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        RegradeMeters meters = new RegradeMeters(registry);
        database = address;
        ledger = Ledgers.open(database, meters);
        Policies policies = registryOf.apply(ledger);
        owned = work == null ? null : policies;
        telemetry = new PgTelemetry(
                () -> TestPostgres.connect(database),
                () -> TestPostgres.connect(database),
                TelemetrySettings.DEFAULT,
                measuring);
        kept = ledger.decisions();
        inventory = new CountedInventory(ledger.inventory(), meters);
        fleet = new FleetView(inventory, kept);
        fleet.start();
        Decisions seen = new SeenDecisions(decisions.apply(kept), fleet);
        jobs = new EvaluationJobs(
                policies,
                inventory,
                seen,
                ledger.evaluations(),
                ledger.recommendations(),
                ledger.log(),
                meters,
                Clock.fixed(NOW, ZoneOffset.UTC),
                2);
        jobs.start();
        shadows = new Shadows(meters.policies(), Clock.fixed(NOW, ZoneOffset.UTC), 100, 100);
        Rollout rollout = new Rollout(policies, ledger.livePolicies(), ledger.log(), shadows);
        if (work == null && policies != policies()) {
            rollout.resume(true);
        }
        Map<String, Contents> disk = new HashMap<>();
        if (work != null) {
            policies.all().forEach(policy -> disk.put(policy.ref().name(), PolicyLife.contents(policy)));
            rollout.resume(false);
        }
        life = new PolicyLife(policies, rollout, ledger.history(), ledger.drafts(), disk);
        trials = new DraftJobs(
                ledger.drafts(),
                ledger.runs(),
                new DraftTasks(
                        ledger.history(),
                        new FactFeed(
                                new ExportFacts(inventory, kept, ledger.recommendations()),
                                policies,
                                Clock.systemUTC())),
                work == null ? NO_DRAFTS : work,
                Clock.systemUTC(),
                1);
        if (work != null) {
            life.begin();
        }
        plans = new PlanJobs(
                new HeldFleet(policies, inventory, ledger.recommendations(), meters),
                seen,
                ledger.plans(),
                Clock.fixed(NOW, ZoneOffset.UTC),
                2);
        MakeOffers making = new MakeOffers(
                ledger.offers(),
                ledger.recommendations(),
                kept,
                ledger.plans(),
                inventory,
                WEBHOOKS,
                Clock.fixed(NOW, ZoneOffset.UTC));
        heldFleet = new HeldFleet(policies, inventory, ledger.recommendations(), meters);
        executions = executor == null ? executions(cloud) : executions(executor, PATIENT);
        makeMachines = new MakeMachines(ledger.instantiations(), Clock.fixed(NOW, ZoneOffset.UTC));
        outcomes = new WatchOutcomes(
                ledger.executions(), kept, inventory, ledger.outcomes(), Clock.fixed(NOW, ZoneOffset.UTC));
        // The clock of the ledger, not that of the requests: a counter is made now, and ends after now.
        counters = new FollowCounters(
                ledger.offers(),
                making,
                new AnswerDecisions(policies, inventory, seen, ledger.recommendations(), meters, shadows),
                Clock.fixed(NOW.plusSeconds(1), ZoneOffset.UTC));
        server = WebServer.start(
                config,
                new WebServer.Parts(
                        policies,
                        fleet,
                        inventory,
                        new AnalyzedInventory(new MeasuredInventory(inventory, telemetry)),
                        telemetry,
                        MappingReader.directory(Path.of("config/telemetry"), new ArrayList<>()),
                        seen,
                        ledger.recommendations(),
                        ledger.log(),
                        jobs,
                        plans,
                        new WebServer.OfferParts(
                                ledger.offers(), making, ledger.outbox(), LINKS, ledger.usageRecords()),
                        executions,
                        outcomes,
                        makeMachines,
                        new PastEvaluations(policies.loadedPolicies()),
                        rollout,
                        shadows,
                        new WebServer.LifeParts(ledger.drafts(), ledger.history(), trials, life, 1),
                        meters,
                        registry::scrape,
                        checks,
                        Map.of("http.port", "0"),
                        Clock.fixed(NOW, ZoneOffset.UTC)));
        http = new Http(server.address());
    }

    /** What carries out executions as another server on the same database would, by this executor; not started. */
    ExecutionJobs executions(Executor executor) {
        return executions(executor, QUICK);
    }

    private ExecutionJobs executions(Executor executor, ExecutionSettings settings) {
        return new ExecutionJobs(
                inventory,
                heldFleet,
                ledger.recommendations(),
                kept,
                ledger.executions(),
                new ExecutorChoice(Map.of(), executor),
                Clock.fixed(NOW, ZoneOffset.UTC),
                settings);
    }

    static Policies policies() {
        return Shared.POLICIES;
    }

    @Override
    public void close() {
        server.close();
        counters.close();
        fleet.close();
        trials.close();
        executions.close();
        outcomes.close();
        makeMachines.close();
        plans.close();
        life.close();
        shadows.close();
        jobs.close();
        telemetry.close();
        ledger.close();
        if (owned != null) {
            owned.close();
        }
    }

    /** Runs a statement in the server's database. */
    void execute(String sql) {
        try {
            TestPostgres.execute(database, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
