package io.regrade.pipeline;

import io.regrade.fact.EvaluationTime;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.Asker;
import io.regrade.ledger.AuditLog;
import io.regrade.ledger.DecisionRecord;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.Evaluation;
import io.regrade.ledger.Evaluation.State;
import io.regrade.ledger.Evaluations;
import io.regrade.ledger.Event;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.InventorySnapshot;
import io.regrade.ledger.LedgerAnswer;
import io.regrade.ledger.LedgerUnavailableException;
import io.regrade.ledger.Page;
import io.regrade.ledger.Recommendations;
import io.regrade.metrics.RegradeMeters;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates the whole fleet in the background, one evaluation after another. Thread-safe.
 *
 * <p>What is decided is durable in parts; a server that comes up takes over where another one was cut off, and decides no
 * machine again that was decided.
 */
public final class EvaluationJobs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EvaluationJobs.class);
    private static final int PART = 1000;
    private static final long LOOK_MILLIS = 1000;
    private static final long STOP_MILLIS = 20_000;

    private final Policies policies;
    private final Inventory inventory;
    private final Decisions decisions;
    private final Evaluations evaluations;
    private final Recommendations recommendations;
    private final AuditLog log;
    private final RegradeMeters meters;
    private final Clock clock;
    private final int threads;
    private final HeldCatalogs catalogs;
    private final UUID runner = UUID.randomUUID();
    private final Thread thread = new Thread(this::run, "regrade-evaluations");
    private volatile boolean closed;

    /** The jobs of a server; {@code threads} decide. */
    public EvaluationJobs(
            Policies policies,
            Inventory inventory,
            Decisions decisions,
            Evaluations evaluations,
            Recommendations recommendations,
            AuditLog log,
            RegradeMeters meters,
            Clock clock,
            int threads) {
        this.policies = policies;
        this.inventory = inventory;
        this.decisions = decisions;
        this.evaluations = evaluations;
        this.recommendations = recommendations;
        this.log = log;
        this.meters = meters;
        this.clock = clock;
        this.threads = threads;
        this.catalogs = new HeldCatalogs(new PhaseTimers(meters));
        thread.setDaemon(true);
    }

    /** Begins to look for work. */
    public void start() {
        thread.start();
    }

    /**
     * Has the fleet evaluated.
     *
     * @param policy {@code name} or {@code name@digest}, null for the default
     * @throws RefusedException when the policy is not known
     */
    public CompletionStage<Evaluation> begin(@Nullable String policy, Asker asker) {
        Assignment assignment;
        try (PolicySelection selection = policies.select(policy)) {
            assignment = selection.assignment();
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Evaluation evaluation = new Evaluation(
                UUID.randomUUID().toString().replace("-", ""),
                State.RUNNING,
                assignment.main(),
                AssignmentJson.write(assignment),
                now,
                asker.name(),
                inventory.snapshot().vmCount(),
                0,
                false,
                null,
                now,
                null);
        return evaluations.create(evaluation).thenApply(nothing -> {
            synchronized (this) {
                notifyAll();
            }
            return evaluation;
        });
    }

    /** One of them. */
    public CompletionStage<Optional<Evaluation>> byId(String id) {
        return evaluations.byId(id);
    }

    /** All, newest first. */
    public CompletionStage<Page<Evaluation>> list(@Nullable String cursor, int limit) {
        return evaluations.list(cursor, limit);
    }

    /** Asks one to stop after the part that is under way; false when it does not run any more. */
    public CompletionStage<Boolean> cancel(String id) {
        return evaluations.cancel(id);
    }

    private void run() {
        while (!closed) {
            try {
                Optional<Evaluation> taken = LedgerAnswer.await(evaluations.take(runner));
                if (taken.isPresent()) {
                    evaluate(taken.get());
                    continue;
                }
            } catch (LedgerUnavailableException e) {
                LOG.debug("no evaluation can be taken: {}", e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("evaluations failed", e);
            }
            synchronized (this) {
                try {
                    if (!closed) {
                        wait(LOOK_MILLIS);
                    }
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }

    private void evaluate(Evaluation evaluation) {
        String id = evaluation.id();
        try (PolicySelection selection = policies.resume(assignment(evaluation))) {
            Set<String> decided = LedgerAnswer.await(evaluations.decided(id));
            InventorySnapshot state = inventory.snapshot();
            List<VmFacts> open = open(state, decided);
            int machines = decided.size() + open.size();
            Deciders deciders = new Deciders(selection, catalogs.of(state));
            LOG.info("evaluation {}: {} of {} machines are to be decided", id, open.size(), machines);
            int done = decided.size();
            boolean goOn = LedgerAnswer.await(evaluations.progress(id, runner, machines, done));
            for (int from = 0; from < open.size() && goOn && !closed; from += PART) {
                List<VmFacts> part = HeldGroups.complete(open.subList(from, Math.min(from + PART, open.size())), state);
                decide(evaluation, part, deciders);
                done += part.size();
                goOn = LedgerAnswer.await(evaluations.progress(id, runner, machines, done));
            }
            if (!goOn) {
                LedgerAnswer.await(evaluations.finish(id, runner, State.CANCELLED, null));
            } else if (closed) {
                LedgerAnswer.await(evaluations.release(id, runner));
            } else {
                LedgerAnswer.await(evaluations.finish(id, runner, State.DONE, null));
                LOG.info("evaluation {} is done", id);
            }
        } catch (RefusedException e) {
            LedgerAnswer.await(log.append(
                    List.of(Event.refusal("evaluation " + id + " failed: its policy cannot be loaded here"))));
            LedgerAnswer.await(evaluations.finish(id, runner, State.FAILED, e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (LedgerUnavailableException e) {
            // It runs nowhere now; whoever finds the store again takes it after a while.
            LOG.warn("evaluation {} waits for the ledger: {}", id, e.getMessage());
        }
    }

    private static Assignment assignment(Evaluation evaluation) {
        String kept = evaluation.assignment();
        return kept == null ? Assignment.pinned(evaluation.policy()) : AssignmentJson.read(kept);
    }

    private static List<VmFacts> open(InventorySnapshot state, Set<String> decided) {
        return HeldFleet.all(state).stream()
                .filter(facts -> !decided.contains(facts.vm().id()))
                .toList();
    }

    private void decide(Evaluation evaluation, List<VmFacts> part, Deciders deciders) throws InterruptedException {
        EvaluationTime time = new EvaluationTime(evaluation.decidedAt());
        Asker asker = new Asker("evaluation", evaluation.asker(), null);
        List<CompletableFuture<Void>> saved = EvaluateFleet.evaluate(
                facts -> {
                    DecideVm decide = deciders.of(facts.vm());
                    Decided decided = decide.decided(recommendations.said(facts, time.at()), time);
                    meters.decided(decided.decision());
                    DecisionRecord record = new DecisionRecord(
                            decided.decision(), decided.facts(), decide.provenance(), asker, evaluation.id(), true);
                    return decisions.save(List.of(record)).toCompletableFuture();
                },
                part,
                threads,
                done -> {});
        LedgerAnswer.await(CompletableFuture.allOf(saved.toArray(CompletableFuture[]::new)));
    }

    /** Lets the part that is under way come to its end; what is left is taken up by the next server. */
    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            notifyAll();
        }
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
