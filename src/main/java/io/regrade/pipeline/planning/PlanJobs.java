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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
    private static final int MOST = 16;

    private final HeldFleet fleet;
    private final Decisions decisions;
    private final Plans plans;
    private final Clock clock;
    private final int threads;
    private final ScheduledExecutorService thread = DaemonThread.named("regrade-plans");
    private final ScheduledExecutorService speaker = DaemonThread.named("regrade-plans-alive");
    private final Map<String, UnderWay> underWay = new ConcurrentHashMap<>();

    /** What a plan is to be made of. */
    private record Asked(HeldFleet.Question question, List<SharedLimit> shared, PlanSettings settings) {}

    /** A plan that is worked on or waits, how far it is, and what ends it. */
    private static final class UnderWay {
        private volatile Plan plan;
        private @Nullable Asked asked;
        private @Nullable Thread worker;

        UnderWay(Plan plan, Asked asked) {
            this.plan = plan;
            this.asked = asked;
        }

        /** What this thread works on from now on, and closes; null when it was called off before. */
        synchronized @Nullable Asked begin() {
            Asked mine = asked;
            asked = null;
            worker = Thread.currentThread();
            return mine;
        }

        /** Nobody works on it any more; whoever did is not interrupted later. */
        synchronized void ended() {
            worker = null;
        }

        /** True when nobody has begun it, and nobody will. */
        synchronized boolean callOff() {
            Asked waiting = asked;
            asked = null;
            if (waiting != null) {
                waiting.question().close();
            } else if (worker != null) {
                worker.interrupt();
            }
            return waiting != null;
        }
    }

    /** The plans of a server; {@code threads} decide. */
    public PlanJobs(HeldFleet fleet, Decisions decisions, Plans plans, Clock clock, int threads) {
        this.fleet = fleet;
        this.decisions = decisions;
        this.plans = plans;
        this.clock = clock;
        this.threads = threads;
        speaker.scheduleWithFixedDelay(this::speak, SAY_MILLIS, SAY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Has the held fleet planned.
     *
     * @param policy {@code name} or {@code name@digest}, null for the one that is for each machine
     * @param shared what the machines share
     * @throws io.regrade.pipeline.RefusedException when the policy is not known
     * @throws RejectedExecutionException when too many wait
     */
    public CompletionStage<Plan> begin(
            @Nullable String policy, List<SharedLimit> shared, PlanSettings settings, Asker asker) {
        if (underWay.size() >= MOST) {
            throw new RejectedExecutionException("plans");
        }
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
                    UnderWay work = new UnderWay(plan, new Asked(question, shared, settings));
                    underWay.put(plan.id(), work);
                    thread.execute(() -> run(work));
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

    /** Calls one off, wherever it is worked on; what is over stays as it is. */
    public CompletionStage<Void> cancel(String id) {
        return plans.cancel(id, clock.instant().truncatedTo(ChronoUnit.MILLIS)).thenRun(() -> {
            UnderWay work = underWay.get(id);
            if (work != null) {
                callOff(work);
            }
        });
    }

    /** One that waits makes room at once; one that is worked on, when whoever does has given it up. */
    private void callOff(UnderWay work) {
        if (work.callOff()) {
            underWay.remove(work.plan.id());
        }
    }

    /** Says of all that are worked on or wait that they are, and hears which of them were called off elsewhere. */
    private void speak() {
        underWay.values()
                .forEach(work -> plans.put(work.plan).whenComplete((isOpen, failure) -> {
                    if (failure != null) {
                        LOG.debug("plan {} could not be told of: {}", work.plan.id(), failure.getMessage());
                    } else if (!isOpen) {
                        callOff(work);
                    }
                }));
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

    private void run(UnderWay work) {
        Asked asked = work.begin();
        if (asked == null) {
            return;
        }
        Plan plan = work.plan;
        try (HeldFleet.Question question = asked.question()) {
            PlannedFleet planned = planned(work, question, asked.shared(), asked.settings());
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
            LOG.info("plan {} was called off", plan.id());
        } catch (LedgerUnavailableException e) {
            LOG.warn("plan {} could not be recorded: {}", plan.id(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("plan {} failed", plan.id(), e);
            plans.put(plan.over(
                    State.FAILED,
                    "Regrade failed on it, which is a defect of Regrade; details are in the log",
                    clock.instant()));
        } finally {
            underWay.remove(plan.id());
            work.ended();
            Thread.interrupted(); // it was meant for this plan, not for the next one
        }
    }

    private static Plans.Entry entry(ObjectNode node, boolean moves) {
        return new Plans.Entry(node.path("vm").textValue(), moves, node.toString());
    }

    private PlannedFleet planned(
            UnderWay work, HeldFleet.Question question, List<SharedLimit> shared, PlanSettings settings)
            throws InterruptedException {
        Plan plan = work.plan;
        EvaluationTime time = new EvaluationTime(plan.createdAt());
        List<VmFacts> machines = question.machines(time.at());
        ConcurrentLinkedQueue<CompletableFuture<Void>> saved = new ConcurrentLinkedQueue<>();
        Asker asker = new Asker("plan", plan.asker(), null);
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
                done -> work.plan = plan.at(done, machines.size()));
        LedgerAnswer.await(CompletableFuture.allOf(saved.toArray(CompletableFuture[]::new)));
        return PlannedFleet.of(movers, shared, settings, question.policy(), question.catalogDigest(), time);
    }

    /** Lets the plan that is under way come to its end, but not for long. */
    @Override
    public void close() {
        DaemonThread.end(thread);
        DaemonThread.end(speaker);
    }
}
