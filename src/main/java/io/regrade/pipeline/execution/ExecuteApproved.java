package io.regrade.pipeline.execution;

import io.regrade.execute.Check;
import io.regrade.execute.Executor;
import io.regrade.execute.JobState;
import io.regrade.execute.NoAnswerException;
import io.regrade.execute.Order;
import io.regrade.fact.Action;
import io.regrade.ledger.Asker;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.Execution;
import io.regrade.ledger.Execution.Basis;
import io.regrade.ledger.Execution.Kind;
import io.regrade.ledger.Execution.Wish;
import io.regrade.ledger.Executions;
import io.regrade.ledger.LedgerAnswer;
import io.regrade.ledger.Recommendation;
import io.regrade.ledger.Recommendation.State;
import io.regrade.ledger.Recommendation.Verb;
import io.regrade.ledger.Recommendations;
import io.regrade.ledger.WrongStateException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Has carried out what was approved. What is asked for here is only kept; {@link ExecutionJobs} does it. Thread-safe; the
 * calling thread waits for what is stored, and for the cloud when it is only tried.
 */
public final class ExecuteApproved {

    private final Recommendations recommendations;
    private final Decisions decisions;
    private final Executions executions;
    private final ExecutorChoice executors;
    private final Prechecks prechecks;
    private final Clock clock;

    ExecuteApproved(
            Recommendations recommendations,
            Decisions decisions,
            Executions executions,
            ExecutorChoice executors,
            Prechecks prechecks,
            Clock clock) {
        this.recommendations = recommendations;
        this.decisions = decisions;
        this.executions = executions;
        this.executors = executors;
        this.prechecks = prechecks;
        this.clock = clock;
    }

    /**
     * What would be done.
     *
     * @param executor who would do it
     * @param order what
     * @param checks what was looked at
     * @param preview line by line
     */
    public record Trial(String executor, Order order, List<Check> checks, List<String> preview) {

        /** Whether it would be done. */
        public boolean ok() {
            return checks.stream().allMatch(Check::ok);
        }
    }

    /** Something approved, and who carries it out. */
    record Ready(Recommendation recommendation, Approved approved, Executor executor) {

        Basis basis() {
            return new Basis(recommendation.id(), approved.decision(), approved.policy());
        }
    }

    /**
     * Has an approved recommendation carried out.
     *
     * @param holdSeconds how long the change is watched before it is made final
     * @return the execution that has begun; empty when there is no such recommendation
     * @throws WrongStateException when it is not approved as it is advised now, or cannot be carried out here
     */
    public Optional<Execution> begin(String recommendation, int holdSeconds, Asker asker) {
        Optional<Ready> ready = ready(recommendation);
        if (ready.isEmpty()) {
            return Optional.empty();
        }
        Execution execution = planned(
                Kind.MOVE,
                ready.get().basis(),
                null,
                ready.get().executor(),
                ready.get().approved().order(),
                holdSeconds,
                asker);
        return Optional.of(LedgerAnswer.await(executions.create(execution)));
    }

    private Execution planned(
            Kind kind,
            @Nullable Basis basis,
            @Nullable String of,
            Executor executor,
            Order order,
            int holdSeconds,
            Asker asker) {
        return new Execution(
                UUID.randomUUID().toString().replace("-", ""),
                kind,
                JobState.PLANNED,
                order.vm(),
                basis,
                of,
                executor.name(),
                order,
                asker.name(),
                null,
                0,
                false,
                "",
                holdSeconds,
                null,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                null,
                List.of());
    }

    /** Looks what would be done, and does nothing; empty when there is no such recommendation. */
    public Optional<Trial> tried(String recommendation) {
        return ready(recommendation).map(ready -> {
            Order order = ready.approved().order();
            List<Check> checks = new ArrayList<>(prechecks.of(ready.approved()));
            checks.addAll(checked(ready.executor(), order));
            return new Trial(
                    ready.executor().name(), order, checks, ready.executor().preview(order));
        });
    }

    /** What an executor says of an order; that it says nothing counts as no. */
    static List<Check> checked(Executor executor, Order order) {
        try {
            return executor.check(order);
        } catch (NoAnswerException e) {
            return List.of(Check.fails("cloud", String.valueOf(e.getMessage())));
        }
    }

    private Optional<Ready> ready(String id) {
        Optional<Recommendation> found = LedgerAnswer.await(recommendations.byId(id));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Recommendation one = found.get();
        if (one.state() != State.APPROVED) {
            throw new WrongStateException(one.id(), one.state(), Verb.EXECUTE);
        }
        String approved = one.approvedDecision();
        if (approved == null || !one.decision().equals(approved)) {
            throw new WrongStateException("recommendation `" + one.id() + "` was approved for decision `" + approved
                    + "`, and has been advised anew by `" + one.decision() + "`. Maybe approve it again");
        }
        if (one.action() != Action.RECLASSIFY) {
            throw new WrongStateException("recommendation `" + one.id() + "` advises to "
                    + one.action().key() + ", which is not done by moving a machine. Maybe ask for an instantiation");
        }
        Approved read = LedgerAnswer.await(decisions.evidence(approved))
                .flatMap(Approved::of)
                .orElseThrow(() -> new WrongStateException(
                        "decision `" + approved + "` is not stored any more, so nobody knows what to do"));
        Executor executor = executors
                .of(read.vm())
                .orElseThrow(() -> new WrongStateException("no executor serves the cloud `"
                        + read.vm().cloud() + "`. Maybe add one to `executors` in the configuration"));
        return Optional.of(new Ready(one, read, executor));
    }

    /**
     * Takes one back: while it is under way, what was done of it; when it is confirmed, by an execution of its own.
     *
     * @return the execution that takes it back, which may be itself; empty when there is none
     * @throws WrongStateException when there is nothing to take back
     */
    public Optional<Execution> rollback(String id, Asker asker) {
        Optional<Execution> found = LedgerAnswer.await(executions.byId(id));
        if (found.isEmpty() || found.get().state() != JobState.CONFIRMED) {
            return LedgerAnswer.await(executions.wish(id, Wish.ROLLBACK, asker));
        }
        Execution done = found.get();
        Order order = done.order();
        if (order == null || order.from() == null) {
            throw new WrongStateException("what execution `" + id + "` has changed is not known any more");
        }
        Executor executor = executors
                .of(order.after())
                .orElseThrow(() -> new WrongStateException("no executor serves its cloud any more"));
        return Optional.of(LedgerAnswer.await(executions.create(
                planned(Kind.ROLLBACK, done.basis(), done.id(), executor, order.reversed(), 0, asker))));
    }

    /** Asks one to stop; what was done of it is taken back. Empty when there is none. */
    public CompletionStage<Optional<Execution>> cancel(String id, Asker asker) {
        return executions.wish(id, Wish.CANCEL, asker);
    }

    /** What was approved for an execution; empty when it is not stored any more, or the execution follows from nothing. */
    Optional<Approved> approved(Execution execution) {
        Basis basis = execution.basis();
        return basis == null
                ? Optional.empty()
                : LedgerAnswer.await(decisions.evidence(basis.decision())).flatMap(Approved::of);
    }

    /** What is to be looked at before an execution may act. */
    List<Check> checks(Execution execution) {
        Order order = Objects.requireNonNull(execution.order());
        Optional<Executor> executor = executor(execution);
        List<Check> checks = new ArrayList<>();
        if (execution.kind() == Kind.ROLLBACK) {
            checks.add(prechecks.left(order.before()));
        } else {
            Optional<Approved> approved = approved(execution);
            checks.addAll(approved.map(prechecks::of)
                    .orElseGet(() -> List.of(Check.fails("decision", "the decision is not stored any more"))));
            approved.filter(one -> !one.order().equals(order))
                    .ifPresent(one -> checks.add(Check.fails("decision", "the decision says something else")));
        }
        checks.addAll(executor.map(one -> checked(one, order))
                .orElseGet(() -> List.of(Check.fails("executor", "no executor serves its cloud any more"))));
        return checks;
    }

    /** What carries out an execution: the one of its cloud, as long as that is still the one it was begun with. */
    Optional<Executor> executor(Execution execution) {
        Order order = Objects.requireNonNull(execution.order());
        return executors.of(order.before()).filter(one -> one.name().equals(execution.executor()));
    }

    /** One of them with its steps. */
    public CompletionStage<Optional<Execution>> byId(String id) {
        return executions.byId(id);
    }

    /** The store itself, for pages of it. */
    public Executions executions() {
        return executions;
    }
}
