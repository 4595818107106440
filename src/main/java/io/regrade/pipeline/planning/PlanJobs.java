package io.regrade.pipeline.planning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.Decision;
import io.regrade.fact.Action;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.SharedLimit;
import io.regrade.fact.VmFacts;
import io.regrade.intake.inventory.VmJson;
import io.regrade.ledger.Asker;
import io.regrade.ledger.DaemonThread;
import io.regrade.ledger.DecisionRecord;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.LedgerAnswer;
import io.regrade.ledger.LedgerUnavailableException;
import io.regrade.ledger.Page;
import io.regrade.ledger.Plan;
import io.regrade.ledger.Plan.State;
import io.regrade.ledger.Plans;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.Decided;
import io.regrade.pipeline.EvaluateFleet;
import io.regrade.pipeline.HeldFleet;
import io.regrade.plan.Mover;
import io.regrade.plan.PlanSettings;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans the held fleet in the background, one plan after another. Thread-safe.
 *
 * <p>The decisions of all machines that move, or would, are recorded; a plan that is done is kept as a whole, and the log commits
 * to it. A plan whose server goes is failed: it is asked for again, as nothing was done by it.
 */
public final class PlanJobs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PlanJobs.class);
    private static final long SAY_MILLIS = 2000;

    private final HeldFleet fleet;
    private final Decisions decisions;
    private final Plans plans;
    private final Clock clock;
    private final int threads;
    private final ScheduledExecutorService thread = DaemonThread.named("regrade-plans");

    /** The plans of a server; {@code threads} decide. */
    public PlanJobs(HeldFleet fleet, Decisions decisions, Plans plans, Clock clock, int threads) {
        this.fleet = fleet;
        this.decisions = decisions;
        this.plans = plans;
        this.clock = clock;
        this.threads = threads;
    }

    /**
     * Has the held fleet planned.
     *
     * @param policy {@code name} or {@code name@digest}, null for the one that is for each machine
     * @param shared what the machines share
     * @throws io.regrade.pipeline.RefusedException when the policy is not known
     */
    public CompletionStage<Plan> begin(
            @Nullable String policy, List<SharedLimit> shared, PlanSettings settings, Asker asker) {
        HeldFleet.Question question = fleet.ask(policy);
        Plan plan = new Plan(
                UUID.randomUUID().toString().replace("-", ""),
                State.RUNNING,
                question.policy(),
                asker.name(),
                question.count(),
                0,
                null,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                null);
        return plans.put(plan)
                .whenComplete((nothing, failure) -> {
                    if (failure != null) {
                        question.close();
                    }
                })
                .thenApply(nothing -> {
                    thread.execute(() -> run(plan, question, shared, settings));
                    return plan;
                });
    }

    /** The ids of all held targets, which limits may name. */
    public Set<String> targets() {
        return fleet.targets();
    }

    /** One of them. */
    public CompletionStage<Optional<Plan>> byId(String id) {
        return plans.byId(id);
    }

    /** What a plan says; empty while it is not done. */
    public CompletionStage<Optional<ObjectNode>> content(String id) {
        return plans.content(id).thenApply(found -> found.map(PlanJobs::json));
    }

    /** All, newest first. */
    public CompletionStage<Page<Plan>> list(@Nullable String cursor, int limit) {
        return plans.list(cursor, limit);
    }

    private static ObjectNode json(Plans.Content content) {
        List<JsonNode> moves = new ArrayList<>();
        List<JsonNode> staying = new ArrayList<>();
        content.entries().forEach(entry -> (entry.moves() ? moves : staying).add(parsed(entry.body())));
        return PlanJson.whole((ObjectNode) parsed(content.body()), moves, staying);
    }

    private static JsonNode parsed(String json) {
        return VmJson.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private void run(Plan plan, HeldFleet.Question question, List<SharedLimit> shared, PlanSettings settings) {
        try (question) {
            PlannedFleet planned = planned(plan, question, shared, settings);
            Instant end = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Plan done = plan.at(planned.machines(), planned.machines()).over(State.DONE, null, end);
            List<Plans.Entry> entries = new ArrayList<>();
            PlanJson.moves(planned).forEach(move -> entries.add(entry(move, true)));
            PlanJson.staying(planned).forEach(stay -> entries.add(entry(stay, false)));
            LedgerAnswer.await(plans.finish(
                    done, new Plans.Content(PlanJson.summary(planned).toString(), entries)));
            LOG.info(
                    "plan {}: {} of {} machines move",
                    plan.id(),
                    planned.plan().moves().size(),
                    planned.machines());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (LedgerUnavailableException e) {
            LOG.warn("plan {} could not be recorded: {}", plan.id(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("plan {} failed", plan.id(), e);
            plans.put(plan.over(
                    State.FAILED,
                    "Regrade failed on it, which is a defect of Regrade; details are in the log",
                    clock.instant()));
        }
    }

    private static Plans.Entry entry(ObjectNode node, boolean moves) {
        return new Plans.Entry(node.path("vm").textValue(), moves, node.toString());
    }

    private PlannedFleet planned(
            Plan plan, HeldFleet.Question question, List<SharedLimit> shared, PlanSettings settings)
            throws InterruptedException {
        EvaluationTime time = new EvaluationTime(plan.createdAt());
        List<VmFacts> machines = question.machines(time.at());
        ConcurrentLinkedQueue<CompletableFuture<Void>> saved = new ConcurrentLinkedQueue<>();
        Asker asker = new Asker("plan", plan.asker(), null);
        AtomicLong said = new AtomicLong(clock.millis());
        List<Mover> movers = EvaluateFleet.evaluate(
                facts -> {
                    DecideVm decide = question.decider(facts.vm());
                    DecideVm.Choices choices = decide.choices(facts, time, PlanFleet.CHOICES);
                    Decided decided = choices.decided();
                    Decision decision = decided.decision();
                    if (decision.action() == Action.RECLASSIFY) {
                        saved.add(decisions
                                .save(List.of(new DecisionRecord(
                                        decision, decided.facts(), decide.provenance(), asker, null, false)))
                                .toCompletableFuture());
                    }
                    return PlanFleet.mover(facts, choices);
                },
                machines,
                threads,
                done -> say(plan, done, machines.size(), said));
        LedgerAnswer.await(CompletableFuture.allOf(saved.toArray(CompletableFuture[]::new)));
        return PlannedFleet.of(movers, shared, settings, question.policy(), question.catalogDigest(), time);
    }

    private void say(Plan plan, int done, int machines, AtomicLong said) {
        long before = said.get();
        if (clock.millis() - before >= SAY_MILLIS && said.compareAndSet(before, clock.millis())) {
            plans.put(plan.at(done, machines));
        }
    }

    /** Lets the plan that is under way come to its end, but not for long. */
    @Override
    public void close() {
        DaemonThread.end(thread);
    }
}
