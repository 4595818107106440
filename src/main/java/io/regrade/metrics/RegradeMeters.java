package io.regrade.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.regrade.decision.Decision;
import io.regrade.decision.Firing;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The meters by name. Thread-safe.
 *
 * <p>Every tag takes its values from what is loaded (rules, policies, routes), never from what is asked for, so that no
 * client can make up meters without end.
 */
public final class RegradeMeters {

    /** Decisions that were made, by {@code action} and {@code policy}. */
    public static final String DECISIONS = "regrade.decisions";
    /** Decisions that are durable. */
    public static final String DECISIONS_RECORDED = "regrade.decisions.recorded";
    /** Decisions that were durable and are gone; it must stay 0. */
    public static final String DECISIONS_LOST = "regrade.decisions.lost";
    /** Decisions that were dropped from the ledger because of their age. */
    public static final String DECISIONS_RETIRED = "regrade.decisions.retired";
    /** Decisions that the log tells of, and that are neither stored nor were dropped because of their age. */
    public static final String DECISIONS_MISSING = "regrade.decisions.missing";
    /** Time a transaction of the ledger took. */
    public static final String LEDGER_COMMIT = "regrade.ledger.commit";
    /** Pieces that wait to be recorded. */
    public static final String LEDGER_WAITING = "regrade.ledger.waiting";
    /** How often Regrade's own PostgreSQL had ended by itself and was started again. */
    public static final String DATABASE_RESTARTS = "regrade.database.restarts";
    /** How long the oldest piece that is not durable yet has been waiting, seconds. */
    public static final String LEDGER_LAG = "regrade.ledger.lag.seconds";
    /** How often a rule fired, by its {@code rule} id. */
    public static final String RULE_FIRINGS = "regrade.rule.firings";
    /** Time that a {@code phase} of an evaluation took. */
    public static final String PHASE = "regrade.phase";
    /** Time from request to answer, by {@code operation}, {@code method} and {@code status}. */
    public static final String HTTP_REQUESTS = "regrade.http.requests";
    /** Work that waits for a worker. */
    public static final String WORKER_QUEUE = "regrade.worker.queue";
    /** Workers that are busy. */
    public static final String WORKER_BUSY = "regrade.worker.busy";
    /** Work that was refused because the queue was full. */
    public static final String WORKER_REJECTED = "regrade.worker.rejected";
    /** Machines that are held. */
    public static final String INVENTORY_VMS = "regrade.inventory.vms";
    /** Targets that are held. */
    public static final String INVENTORY_TARGETS = "regrade.inventory.targets";
    /** Machines and targets that were put or removed, by {@code change}. */
    public static final String INVENTORY_CHANGES = "regrade.inventory.changes";
    /** Evaluations that were ended because they would have spent too much, by {@code policy}, {@code rule} and {@code budget}. */
    public static final String BUDGET_EXCEEDED = "regrade.policy.budget.exceeded";
    /** Rules that were ended repeatedly of late. */
    public static final String RULES_UNHEALTHY = "regrade.policy.rules.unhealthy";
    /** Samples that came, by {@code outcome}: accepted, duplicate, late, refused, ignored. */
    public static final String SAMPLES = "regrade.samples";

    /** How long the oldest samples that are not durable yet have been waiting, seconds. */
    public static final String SAMPLES_LAG = "regrade.samples.lag.seconds";

    /** 1 while the server is ready, 0 while it is not. */
    public static final String READY = "regrade.ready";

    /**
     * The upper bounds of the buckets of a latency. They are few, since each is a series for every operation and status,
     * and they are the same everywhere, so that servers can be added up.
     */
    private static final Duration[] BUCKETS = Stream.of(
                    1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Map<String, Counter> firings = new ConcurrentHashMap<>();
    private final Map<String, Timer> phases = new ConcurrentHashMap<>();
    private final PolicyMeters policies;
    private final Counter recorded;
    private final Counter lost;
    private final Counter retired;
    private final Timer commits;

    public RegradeMeters(MeterRegistry registry) {
        this.registry = registry;
        this.policies = new PolicyMeters(registry);
        this.recorded = counter(DECISIONS_RECORDED, "Decisions that are durable");
        this.lost = counter(DECISIONS_LOST, "Entries of the log that were durable and are gone");
        changed(0, 0, 0);
        this.retired = counter(DECISIONS_RETIRED, "Decisions dropped from the ledger because of their age");
        this.commits = Timer.builder(LEDGER_COMMIT)
                .description("Time a transaction of the ledger took")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** Counts a decision and the rules that fired for it. */
    public void decided(Decision decision) {
        Counter.builder(DECISIONS)
                .description("Decisions made")
                .tags(
                        "action",
                        decision.action().key(),
                        "policy",
                        decision.policy().name())
                .register(registry)
                .increment();
        policies.decided(decision.policy(), decision.action().key());
        Map<String, Integer> counts = new HashMap<>();
        for (Firing firing : decision.trace().firings()) {
            counts.merge(firing.rule(), 1, Integer::sum);
        }
        counts.forEach(
                (rule, count) -> firings.computeIfAbsent(rule, this::firingsOf).increment(count));
    }

    private Counter firingsOf(String rule) {
        return Counter.builder(RULE_FIRINGS)
                .description("How often a rule fired")
                .tag("rule", rule)
                .register(registry);
    }

    /** Notes a transaction of the ledger. */
    public void committed(Duration took, int decisions, long lostEntries) {
        commits.record(took);
        recorded.increment((double) decisions);
        lost.increment((double) lostEntries);
    }

    /** Counts decisions that were dropped because of their age. */
    public void retired(long count) {
        retired.increment((double) count);
    }

    /** Counts an evaluation that was ended by a budget. */
    public void budgetExceeded(String policy, String rule, String budget) {
        Counter.builder(BUDGET_EXCEEDED)
                .description("Evaluations ended because a rule would have spent too much")
                .tags("policy", policy, "rule", rule, "budget", budget)
                .register(registry)
                .increment();
    }

    /** Notes how long a phase took. */
    public void phase(String phase, Duration took) {
        phases.computeIfAbsent(phase, this::timerOf).record(took);
    }

    private Timer timerOf(String phase) {
        return Timer.builder(PHASE)
                .description("Time a phase of an evaluation took")
                .tag("phase", phase)
                .register(registry);
    }

    /** Notes a request and its answer. */
    public void request(String operation, String method, int status, Duration took) {
        Timer.builder(HTTP_REQUESTS)
                .description("Time from request to answer")
                .tags("operation", operation, "method", method, "status", Integer.toString(status))
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(took);
    }

    /** Counts samples that came. */
    public void samples(String outcome, long count) {
        Counter.builder(SAMPLES)
                .description("Samples that came")
                .tag("outcome", outcome)
                .register(registry)
                .increment((double) count);
    }

    /** Notes a change of the inventory. */
    public void changed(int created, int replaced, int removed) {
        changes("created").increment(created);
        changes("replaced").increment(replaced);
        changes("removed").increment(removed);
    }

    private Counter changes(String change) {
        return Counter.builder(INVENTORY_CHANGES)
                .description("Machines and targets that were put or removed")
                .tag("change", change)
                .register(registry);
    }

    /** The meters of policies and their versions. */
    public PolicyMeters policies() {
        return policies;
    }

    /** A gauge that asks for its value. */
    public void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /** A counter without tags. */
    public final Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
