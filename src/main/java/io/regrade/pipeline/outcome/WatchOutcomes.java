package io.regrade.pipeline.outcome;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.execute.JobState;
import io.regrade.execute.Order;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.DaemonThread;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.ErasedException;
import io.regrade.ledger.Evidence;
import io.regrade.ledger.Execution;
import io.regrade.ledger.Execution.Basis;
import io.regrade.ledger.Execution.Kind;
import io.regrade.ledger.Executions;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.LedgerAnswer;
import io.regrade.ledger.Outcomes;
import io.regrade.ledger.Outcomes.Found;
import io.regrade.ledger.Page;
import io.regrade.ledger.WrongStateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks what became of moves, when it is asked to and once a day. Thread-safe; the calling thread waits for what is stored.
 */
public final class WatchOutcomes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WatchOutcomes.class);
    private static final Duration EVERY = Duration.ofDays(1);
    private static final Duration WATCHED = Duration.ofDays(60);
    private static final int PAGE = 200;

    private final Executions executions;
    private final Decisions decisions;
    private final Inventory inventory;
    private final Outcomes outcomes;
    private final Clock clock;
    private final ScheduledExecutorService thread = DaemonThread.named("regrade-outcomes");

    /** Over the machines as they are held. */
    public WatchOutcomes(
            Executions executions, Decisions decisions, Inventory inventory, Outcomes outcomes, Clock clock) {
        this.executions = executions;
        this.decisions = decisions;
        this.inventory = inventory;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    /** Begins to look once a day. */
    public void start() {
        thread.scheduleWithFixedDelay(this::all, EVERY.toMinutes(), EVERY.toMinutes(), TimeUnit.MINUTES);
    }

    /** What became of all moves of the last two months. */
    private void all() {
        try {
            Instant oldest = clock.instant().minus(WATCHED);
            String cursor = null;
            do {
                Page<Execution> page = LedgerAnswer.await(executions.list(null, JobState.CONFIRMED, cursor, PAGE));
                for (Execution one : page.items()) {
                    if (one.kind() == Kind.MOVE && one.createdAt().isAfter(oldest)) {
                        look(one);
                    }
                }
                cursor = page.next();
            } while (cursor != null);
        } catch (RuntimeException e) {
            LOG.warn("outcomes could not be looked at: {}", e.getMessage());
        }
    }

    /**
     * Looks what became of one, and keeps it.
     *
     * @return the outcome; empty when there is no such execution
     * @throws WrongStateException when it is no move that was confirmed, or nothing is known of it any more
     */
    public Optional<ObjectNode> look(String execution) {
        return LedgerAnswer.await(executions.byId(execution))
                .map(
                        found -> look(found)
                                .orElseThrow(
                                        () -> new WrongStateException(
                                                "execution `" + execution + "` is "
                                                        + found.state().key() + ", a "
                                                        + found.kind().key()
                                                        + ". Maybe another: only a move that was confirmed, and of which all is known, has an outcome")));
    }

    private Optional<ObjectNode> look(Execution execution) {
        Order order = execution.order();
        Basis basis = execution.basis();
        Instant moved = execution.finishedAt();
        Optional<VmFacts> held = inventory.snapshot().vm(execution.vm());
        if (execution.kind() != Kind.MOVE
                || execution.state() != JobState.CONFIRMED
                || order == null
                || basis == null
                || moved == null
                || held.isEmpty()) {
            return Optional.empty();
        }
        Optional<Evidence> evidence = evidence(basis);
        if (evidence.isEmpty()) {
            return Optional.empty();
        }
        Comparison.Result result = Comparison.of(evidence.get().decision(), order, moved, held.get());
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        ObjectNode body = result.body();
        body.put("execution", execution.id());
        body.put("decision", basis.decision());
        body.put("looked_at", at.toString());
        LedgerAnswer.await(outcomes.put(
                new Found(execution.id(), execution.vm(), at, result.verdict(), body.toString(), result.promises())));
        return Optional.of(body);
    }

    private Optional<Evidence> evidence(Basis basis) {
        try {
            return LedgerAnswer.await(decisions.evidence(basis.decision()));
        } catch (ErasedException e) {
            return Optional.empty();
        }
    }

    /** What is kept. */
    public Outcomes outcomes() {
        return outcomes;
    }

    @Override
    public void close() {
        DaemonThread.end(thread);
    }
}
