package io.regrade.web;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.regrade.config.HttpConfig;
import io.regrade.db.DatabaseAddress;
import io.regrade.db.TestPostgres;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.pg.Ledgers;
import io.regrade.ledger.pg.PgLedger;
import io.regrade.metrics.RegradeMeters;
import io.regrade.pipeline.CountedInventory;
import io.regrade.pipeline.EvaluationJobs;
import io.regrade.pipeline.PastEvaluations;
import io.regrade.pipeline.Policies;
import io.regrade.pipeline.Rollout;
import io.regrade.pipeline.shadow.Shadows;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;

/** A real server on a free port, with the standard policy and nothing in it. */
final class TestServer implements AutoCloseable {

    static final Instant NOW = Instant.parse("2025-03-01T12:00:00Z");
    static final HttpConfig CONFIG = new HttpConfig("127.0.0.1", 0, 1, 2, 64, 16, 10);

    /** Compiled once: policies never change, and compiling takes longer than most tests. */
    private static final class Shared {
        static final DroolsCompiler COMPILER = new DroolsCompiler();
        static final Policies POLICIES = Policies.load(Path.of("rules"), "standard", COMPILER);
    }

    final Inventory inventory;
    final EvaluationJobs jobs;
    final PgLedger ledger;
    final DatabaseAddress database;
    final Decisions kept;
    final Shadows shadows;
    final WebServer server;
    final Http http;

    TestServer() throws IOException {
        this(CONFIG, decisions -> decisions, List.of());
    }

    TestServer(HttpConfig config, UnaryOperator<Decisions> decisions, List<HealthCheck> checks) throws IOException {
        this(config, decisions, checks, policies());
    }

    /** One with policies of its own, which its test closes. */
    TestServer(Policies policies) throws IOException {
        this(CONFIG, decisions -> decisions, List.of(), policies);
    }

    private TestServer(
            HttpConfig config, UnaryOperator<Decisions> decisions, List<HealthCheck> checks, Policies policies)
            throws IOException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        RegradeMeters meters = new RegradeMeters(registry);
        database = TestPostgres.freshDatabase();
        ledger = Ledgers.open(database, meters);
        kept = ledger.decisions();
        Decisions seen = decisions.apply(kept);
        inventory = new CountedInventory(ledger.inventory(), meters);
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
        if (policies != policies()) {
            rollout.resume(true);
        }
        server = WebServer.start(
                config,
                new WebServer.Parts(
                        policies,
                        inventory,
                        seen,
                        ledger.recommendations(),
                        ledger.log(),
                        jobs,
                        new PastEvaluations(policies.loadedPolicies()),
                        rollout,
                        shadows,
                        meters,
                        registry::scrape,
                        checks,
                        Clock.fixed(NOW, ZoneOffset.UTC)));
        http = new Http(server.address());
    }

    static Policies policies() {
        return Shared.POLICIES;
    }

    @Override
    public void close() {
        server.close();
        shadows.close();
        jobs.close();
        ledger.close();
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
