package io.regrade.app;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.regrade.cli.ServerLauncher.Preload;
import io.regrade.config.BudgetConfig;
import io.regrade.config.Config;
import io.regrade.config.ConfigException;
import io.regrade.config.NotificationsConfig.Webhook;
import io.regrade.config.Settings;
import io.regrade.decision.CanonicalJson;
import io.regrade.decision.Decision;
import io.regrade.decision.FactJson;
import io.regrade.engine.RuleCompiler;
import io.regrade.fact.VmFacts;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.telemetry.mapping.MappingReader;
import io.regrade.intake.telemetry.mapping.Mappings;
import io.regrade.ledger.Asker;
import io.regrade.ledger.Change;
import io.regrade.ledger.DecisionRecord;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.Drafts.Contents;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.Inventory;
import io.regrade.metrics.RegradeMeters;
import io.regrade.offer.AnswerLinks;
import io.regrade.pipeline.AnswerDecisions;
import io.regrade.pipeline.CountedInventory;
import io.regrade.pipeline.CountedTelemetry;
import io.regrade.pipeline.DraftJobs;
import io.regrade.pipeline.DraftTasks;
import io.regrade.pipeline.EvaluationJobs;
import io.regrade.pipeline.HeldFleet;
import io.regrade.pipeline.MeasuredInventory;
import io.regrade.pipeline.PastEvaluations;
import io.regrade.pipeline.PolicyDirectory;
import io.regrade.pipeline.PolicyLife;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.pipeline.Rollout;
import io.regrade.pipeline.RuleHealth;
import io.regrade.pipeline.child.ChildJvm;
import io.regrade.pipeline.child.ChildLimits;
import io.regrade.pipeline.execution.ExecutionJobs;
import io.regrade.pipeline.fleet.FleetView;
import io.regrade.pipeline.fleet.SeenDecisions;
import io.regrade.pipeline.impact.ExportFacts;
import io.regrade.pipeline.impact.FactFeed;
import io.regrade.pipeline.instantiation.MakeMachines;
import io.regrade.pipeline.manifest.AnalyzedInventory;
import io.regrade.pipeline.offering.Deliveries;
import io.regrade.pipeline.offering.FollowCounters;
import io.regrade.pipeline.offering.MakeOffers;
import io.regrade.pipeline.outcome.WatchOutcomes;
import io.regrade.pipeline.planning.PlanJobs;
import io.regrade.pipeline.pull.PullSettings;
import io.regrade.pipeline.pull.PullTelemetry;
import io.regrade.policy.budget.BudgetLimits;
import io.regrade.policy.bundle.TrustedKeys;
import io.regrade.telemetry.Telemetry;
import io.regrade.web.HealthCheck;
import io.regrade.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running server and everything it is made of. {@link #close()} may be called by any thread, also twice. */
public final class Server implements AutoCloseable {

    private static final int PRELOAD_BATCH = 1000;
    private static final Asker DEMO = new Asker("demo", null, null);
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final WebServer web;
    private final EvaluationJobs jobs;
    private final Storage storage;
    private final PolicyParts policies;
    private final List<AutoCloseable> lives;
    private final AutoCloseable collectors;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Server(
            WebServer web,
            EvaluationJobs jobs,
            Storage storage,
            PolicyParts policies,
            List<AutoCloseable> lives,
            AutoCloseable collectors) {
        this.web = web;
        this.jobs = jobs;
        this.storage = storage;
        this.policies = policies;
        this.lives = lives;
        this.collectors = collectors;
    }

    /**
     * Starts a server.
     *
     * @param config how
     * @param compiler compiles the policies
     * @param preload what it holds from the start, if anything
     * @param environment variables by name
     * @throws io.regrade.policy.PolicyException with everything that is wrong with the policies
     * @throws IOException when it cannot listen; the message says where
     */
    public static Server start(
            Config config, RuleCompiler compiler, Optional<Preload> preload, Map<String, String> environment)
            throws IOException {
        Mappings mappings = mappings(config);
        TrustedKeys trusted = new TrustedKeys(config.policies().trustedKeys());
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        JvmGcMetrics collectors = new JvmGcMetrics();
        collectors.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        RegradeMeters meters = new RegradeMeters(registry);
        RuleHealth health = new RuleHealth(meters, Clock.systemUTC());
        RuleCompiler budgeted = compiler.within(limits(config.budget()), health);
        List<ReadyPolicy> files = load(config, budgeted, trusted, collectors);
        Map<String, Contents> disk = new HashMap<>();
        files.forEach(policy -> disk.put(policy.ref().name(), PolicyLife.contents(policy)));
        Storage storage = open(config, environment, meters, files, collectors);
        ChildJvm children = new ChildJvm(
                Main.class.getName(),
                new ChildLimits(config.drafts().heapMib(), config.drafts().seconds(), ChildLimits.OUTPUT_BYTES));
        PolicyParts policies;
        try {
            policies = PolicyParts.open(
                    config.policies(),
                    files,
                    budgeted,
                    storage.ledger().livePolicies(),
                    storage.ledger().log(),
                    meters.policies(),
                    children,
                    Clock.systemUTC());
        } catch (RuntimeException e) {
            storage.close();
            collectors.close();
            throw e;
        }
        Inventory inventory = new CountedInventory(storage.ledger().inventory(), meters);
        FleetView fleet = new FleetView(inventory, storage.ledger().decisions());
        Decisions kept = new SeenDecisions(storage.ledger().decisions(), fleet);
        meters.gauge(
                RegradeMeters.INVENTORY_VMS,
                "Machines held",
                () -> inventory.snapshot().vmCount());
        meters.gauge(
                RegradeMeters.INVENTORY_TARGETS,
                "Targets held",
                () -> inventory.snapshot().targets().size());
        Telemetry telemetry = new CountedTelemetry(storage.telemetry(), meters);
        meters.gauge(
                RegradeMeters.SAMPLES_LAG,
                "How long the oldest samples not durable yet have been waiting",
                storage.telemetry()::lag);
        Inventory decidedOn = new AnalyzedInventory(new MeasuredInventory(inventory, telemetry));
        EvaluationJobs jobs = new EvaluationJobs(
                policies.policies(),
                decidedOn,
                kept,
                storage.ledger().evaluations(),
                storage.ledger().recommendations(),
                storage.ledger().log(),
                meters,
                Clock.systemUTC(),
                config.http().workers());
        PlanJobs plans = new PlanJobs(
                new HeldFleet(policies.policies(), decidedOn, storage.ledger().recommendations(), meters),
                kept,
                storage.ledger().plans(),
                Clock.systemUTC(),
                config.http().workers());
        ExecutionJobs executions = new ExecutionJobs(
                decidedOn,
                new HeldFleet(policies.policies(), decidedOn, storage.ledger().recommendations(), meters),
                storage.ledger().recommendations(),
                kept,
                storage.ledger().executions(),
                Executing.executors(config.executors(), Clock.systemUTC()),
                Clock.systemUTC(),
                Executing.settings(config.executors()));
        WatchOutcomes outcomes = new WatchOutcomes(
                storage.ledger().executions(), kept, decidedOn, storage.ledger().outcomes(), Clock.systemUTC());
        MakeMachines makeMachines = new MakeMachines(storage.ledger().instantiations(), Clock.systemUTC());
        PolicyLife life = new PolicyLife(
                policies.policies(),
                policies.rollout(),
                storage.ledger().history(),
                storage.ledger().drafts(),
                disk);
        DraftJobs trials = new DraftJobs(
                storage.ledger().drafts(),
                storage.ledger().runs(),
                new DraftTasks(
                        storage.ledger().history(),
                        new FactFeed(
                                new ExportFacts(
                                        decidedOn, kept, storage.ledger().recommendations()),
                                policies.policies(),
                                Clock.systemUTC())),
                children,
                Clock.systemUTC(),
                config.drafts().parallel());
        MakeOffers making = new MakeOffers(
                storage.ledger().offers(),
                storage.ledger().recommendations(),
                kept,
                storage.ledger().plans(),
                inventory,
                config.notifications().webhooks().stream().map(Webhook::name).collect(Collectors.toSet()),
                Clock.systemUTC());
        AnswerLinks links = new AnswerLinks(
                LinkKey.read(config.linkKey()), config.notifications().publicUrl());
        Deliveries deliveries =
                Notifying.deliveries(config.notifications(), storage.ledger().outbox(), links, Clock.systemUTC());
        FollowCounters counters = new FollowCounters(
                storage.ledger().offers(),
                making,
                new AnswerDecisions(
                        policies.policies(),
                        decidedOn,
                        kept,
                        storage.ledger().recommendations(),
                        meters,
                        policies.shadows()),
                Clock.systemUTC());
        List<PullTelemetry> pulls = pulls(config, mappings, telemetry);
        List<AutoCloseable> lives = new ArrayList<>(pulls);
        lives.addAll(List.of(
                trials, children, life, plans, counters, deliveries, fleet, executions, outcomes, makeMachines));
        List<HealthCheck> checks = new ArrayList<>(policies.checks());
        checks.add(new HealthCheck("database", storage::problem));
        checks.add(new HealthCheck("policies", life::problem));
        checks.add(HealthCheck.notice("budgets", health::problem));
        try {
            life.begin();
            preload.ifPresent(loaded -> load(loaded, inventory, kept));
            WebServer web = WebServer.start(
                    config.http(),
                    new WebServer.Parts(
                            policies.policies(),
                            fleet,
                            inventory,
                            decidedOn,
                            telemetry,
                            mappings,
                            kept,
                            storage.ledger().recommendations(),
                            storage.ledger().log(),
                            jobs,
                            plans,
                            new WebServer.OfferParts(
                                    storage.ledger().offers(),
                                    making,
                                    storage.ledger().outbox(),
                                    links,
                                    storage.ledger().usageRecords()),
                            executions,
                            outcomes,
                            makeMachines,
                            new PastEvaluations(policies.policies().loadedPolicies()),
                            policies.rollout(),
                            policies.shadows(),
                            new WebServer.LifeParts(
                                    storage.ledger().drafts(),
                                    storage.ledger().history(),
                                    trials,
                                    life,
                                    config.policies().approvals()),
                            meters,
                            registry::scrape,
                            checks,
                            Settings.of(config),
                            Clock.systemUTC()));
            LOG.info("serving at {}", web.address());
            jobs.start();
            counters.start();
            pulls.forEach(PullTelemetry::start);
            deliveries.start();
            fleet.start();
            executions.start();
            outcomes.start();
            makeMachines.start();
            policies.start();
            return new Server(web, jobs, storage, policies, lives, collectors);
        } catch (IOException | RuntimeException e) {
            closeAll(lives);
            policies.stop();
            storage.close();
            policies.close();
            collectors.close();
            throw e;
        }
    }

    private static Mappings mappings(Config config) {
        List<String> problems = new ArrayList<>();
        Mappings mappings = MappingReader.directory(config.telemetry().mappings(), problems);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return mappings;
    }

    private static List<PullTelemetry> pulls(Config config, Mappings mappings, Telemetry telemetry) {
        return config.telemetry().pulls().stream()
                .map(pull -> new PullTelemetry(
                        new PullSettings(
                                pull.url(),
                                Duration.ofSeconds(pull.everySeconds()),
                                Duration.ofSeconds(pull.stepSeconds()),
                                Duration.ofDays(pull.days()),
                                pull.tokenFile()),
                        mappings,
                        telemetry,
                        Clock.systemUTC()))
                .toList();
    }

    private static BudgetLimits limits(BudgetConfig budget) {
        return new BudgetLimits(
                Duration.ofMillis(budget.timeMs()),
                budget.firings(),
                budget.insertions(),
                (long) budget.allocationMib() << 20);
    }

    private static List<ReadyPolicy> load(
            Config config, RuleCompiler compiler, TrustedKeys trusted, JvmGcMetrics collectors) {
        try {
            return PolicyDirectory.load(
                    config.policies().directory(), config.policies().byDefault(), compiler, trusted);
        } catch (RuntimeException e) {
            collectors.close();
            throw e;
        }
    }

    private static Storage open(
            Config config,
            Map<String, String> environment,
            RegradeMeters meters,
            List<ReadyPolicy> files,
            JvmGcMetrics collectors) {
        try {
            return Storage.open(config, environment, meters, Clock.systemUTC());
        } catch (RuntimeException e) {
            files.forEach(ReadyPolicy::close);
            collectors.close();
            throw e;
        }
    }

    private static void load(Preload preload, Inventory inventory, Decisions kept) {
        Fleet fleet = preload.fleet();
        inventory
                .apply(new Change.ReplaceAll(fleet.vms(), fleet.targets(), fleet.pricing()), Expectation.NONE)
                .toCompletableFuture()
                .join();
        Map<String, VmFacts> byId = new HashMap<>();
        fleet.vms().forEach(facts -> byId.put(facts.vm().id(), facts));
        List<Decision> decisions = preload.decisions();
        for (int from = 0; from < decisions.size(); from += PRELOAD_BATCH) {
            List<DecisionRecord> records = new ArrayList<>();
            for (Decision decision : decisions.subList(from, Math.min(from + PRELOAD_BATCH, decisions.size()))) {
                VmFacts facts = byId.get(decision.vm().id());
                if (facts == null) {
                    throw new IllegalArgumentException(
                            "the decision about `" + decision.vm().id() + "` is about no machine of the fleet");
                }
                byte[] content = CanonicalJson.bytes(FactJson.facts(facts));
                records.add(new DecisionRecord(decision, content, preload.provenance(), DEMO, null, true));
            }
            kept.save(records).toCompletableFuture().join();
        }
    }

    private static void closeAll(List<AutoCloseable> parts) {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("something would not stop", e);
            }
        }
    }

    /** Where it is, such as {@code http://127.0.0.1:8080}. */
    public URI address() {
        return web.address();
    }

    /** What brings versions of policies into force in it. */
    public Rollout rollout() {
        return policies.rollout();
    }

    /** Waits until the server is closed, by whomever. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        LOG.info("stopping: what is under way comes to its end");
        try {
            web.close();
            closeAll(lives);
            policies.stop();
            jobs.close();
            storage.close();
            policies.close();
            collectors.close();
        } catch (Exception e) {
            LOG.warn("something would not stop", e);
        } finally {
            stopped.countDown();
        }
    }
}
