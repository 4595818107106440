package io.regrade.pipeline.execution;

import io.regrade.execute.Check;
import io.regrade.execute.Errand;
import io.regrade.execute.Executor;
import io.regrade.execute.JobState;
import io.regrade.execute.Judge;
import io.regrade.execute.NoAnswerException;
import io.regrade.execute.Order;
import io.regrade.execute.RefusedByCloudException;
import io.regrade.execute.Sighting;
import io.regrade.execute.Verdict;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.Change;
import io.regrade.ledger.Execution;
import io.regrade.ledger.Execution.Step;
import io.regrade.ledger.Execution.Step.Phase;
import io.regrade.ledger.Executions;
import io.regrade.ledger.Executions.Entry;
import io.regrade.ledger.Executions.Lease;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.LedgerAnswer;
import io.regrade.ledger.WrongStateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes one execution as far as it goes now. Used by one thread.
 *
 * <p>Nothing is asked of a cloud that was not written down before, and what was written down and may have been asked is looked
 * at before it is asked again. So a server may end at any point.
 */
final class Course {

    private final ExecuteApproved use;
    private final Executions executions;
    private final Inventory inventory;
    private final Clock clock;
    private final ExecutionSettings settings;
    private final LongSupplier nanoTime;
    private Lease lease;
    private long taken;

    Course(
            Lease lease,
            ExecuteApproved use,
            Executions executions,
            Inventory inventory,
            Clock clock,
            ExecutionSettings settings,
            LongSupplier nanoTime) {
        this.lease = lease;
        this.use = use;
        this.executions = executions;
        this.inventory = inventory;
        this.clock = clock;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.taken = nanoTime.getAsLong();
    }

    private Execution job() {
        return lease.execution();
    }

    /**
     * Goes on until it is over or has to wait; then lets go of it.
     *
     * @throws io.regrade.ledger.LostLeaseException when another server works on it
     */
    void run() {
        Duration pause = Duration.ZERO;
        while (!job().state().isOver() && pause.isZero()) {
            pause = step();
        }
        if (!job().state().isOver()) {
            LedgerAnswer.await(executions.rest(lease, pause));
        }
    }

    /** Does one thing; the answer is how long to wait before the next, zero for not at all. */
    private Duration step() {
        Optional<Executor> executor = use.executor(job());
        if (executor.isEmpty() && job().state() != JobState.PLANNED) {
            String why = "no executor named `" + job().executor() + "` serves its cloud any more";
            return job().state().isBeforeActing() ? end("act", JobState.CANCELLED, "refused", why) : unclear(why);
        }
        return switch (job().state()) {
            case PLANNED -> precheck();
            case PRECHECKED -> begin(executor.get());
            default -> look(executor.get());
        };
    }

    private Duration precheck() {
        List<Check> checks = use.checks(job());
        String said = checks.stream()
                .map(check -> (check.ok() ? "ok " : "NOT ") + check.name() + ": " + check.detail())
                .collect(Collectors.joining("\n"));
        boolean ok = checks.stream().allMatch(Check::ok);
        String problem =
                checks.stream().filter(check -> !check.ok()).map(Check::detail).collect(Collectors.joining("; "));
        JobState next = ok ? JobState.PRECHECKED : JobState.CANCELLED;
        write("check", Phase.RESULT, 0, next, ok ? "ok" : "refused", said, ok ? null : problem);
        return Duration.ZERO;
    }

    private Duration begin(Executor executor) {
        String mark;
        try {
            mark = executor.mark(order());
        } catch (NoAnswerException e) {
            return isPatient(executor)
                    ? settings.poll()
                    : end("act", JobState.FAILED, "no-answer", String.valueOf(e.getMessage()));
        }
        try {
            Step intent = step("act", Phase.INTENT, 1, "", null);
            written(new Entry(intent, JobState.ACTING, mark, false, null, job().kind() == Execution.Kind.MOVE));
        } catch (WrongStateException e) {
            return end("act", JobState.CANCELLED, "withdrawn", String.valueOf(e.getMessage()));
        }
        return ask("act", executor::act, executor);
    }

    /** Something that is asked of a cloud. */
    @FunctionalInterface
    private interface Question {
        void ask(Errand errand) throws RefusedByCloudException, NoAnswerException;
    }

    /** Asks what was just written down as intended. */
    private Duration ask(String what, Question question, Executor executor) {
        if (nanoTime.getAsLong() - taken > Lease.TERM.toNanos() / 2) {
            return settings.poll(); // too late to be sure that nobody else has it; it is looked at first
        }
        int tries = job().tries();
        try {
            question.ask(errand());
            write(what, Phase.RESULT, tries, job().state(), "accepted", null, null, true);
            return settings.poll();
        } catch (RefusedByCloudException e) {
            String why = executor.name() + ": " + e.getMessage();
            if (job().state() == JobState.ACTING && tries == 1) {
                return end(what, JobState.FAILED, "refused", why);
            }
            write(what, Phase.RESULT, tries, job().state(), "refused", why, why, false);
            return settings.poll();
        } catch (NoAnswerException e) {
            String why = executor.name() + ": " + e.getMessage();
            write(what, Phase.RESULT, tries, job().state(), "no-answer", why, why, false);
            return settings.settle();
        }
    }

    private Duration look(Executor executor) {
        Sighting seen;
        try {
            seen = executor.look(errand());
        } catch (NoAnswerException e) {
            String why = executor.name() + ": " + e.getMessage();
            return isPatient(executor) || job().state() == JobState.UNCLEAR ? pause() : unclear(why);
        }
        boolean held = lease.age().compareTo(Duration.ofSeconds(job().holdSeconds())) < 0;
        Verdict verdict = Judge.next(
                new Judge.Known(
                        job().state(), job().answered(), job().tries(), lease.isUnwanted(), held, isPatient(executor)),
                seen.what());
        return follow(verdict, seen, executor);
    }

    private Duration follow(Verdict verdict, Sighting seen, Executor executor) {
        String shown = Shown.words(seen, order());
        return switch (verdict) {
            case WAIT -> pause();
            case ASK -> again(executor);
            case VERIFY -> {
                write("look", Phase.RESULT, 0, JobState.VERIFYING, "there", shown, null);
                yield Duration.ZERO;
            }
            case CONFIRM -> {
                write("confirm", Phase.INTENT, 1, JobState.CONFIRMING, "", null, null);
                yield ask("confirm", executor::confirm, executor);
            }
            case REVERT -> {
                String why = lease.withdrawn() ? "the approval was withdrawn" : "it was asked for";
                write("revert", Phase.INTENT, 1, JobState.REVERTING, "", why, null);
                yield ask("revert", executor::revert, executor);
            }
            case CONFIRMED -> {
                settle();
                yield end("look", JobState.CONFIRMED, "confirmed", shown);
            }
            case ROLLED_BACK -> end("look", JobState.ROLLED_BACK, "rolled-back", shown);
            case FAILED -> end("look", JobState.FAILED, "failed", failure(shown));
            case CANCELLED -> end("look", JobState.CANCELLED, "cancelled", shown);
            case UNCLEAR -> unclear(shown);
        };
    }

    private String failure(String shown) {
        String before = job().problem();
        return job().answered()
                ? shown + "; the cloud had said yes"
                : before == null ? shown : shown + "; asked " + job().tries() + " times, last: " + before;
    }

    private Duration again(Executor executor) {
        String what = switch (job().state()) {
            case CONFIRMING -> "confirm";
            case REVERTING -> "revert";
            default -> "act";
        };
        write(what, Phase.INTENT, job().tries() + 1, job().state(), "", null, job().problem());
        return ask(
                what,
                switch (job().state()) {
                    case CONFIRMING -> executor::confirm;
                    case REVERTING -> executor::revert;
                    default -> executor::act;
                },
                executor);
    }

    /** Lets the inventory know, once: a machine that has been described otherwise since stays as it is described. */
    private void settle() {
        Order order = order();
        Optional<Vm> held = inventory.snapshot().vm(order.vm()).map(VmFacts::vm);
        if (held.isPresent() && Objects.equals(held.get().type(), order.from())) {
            Vm moved = MovedVm.by(order, held.get());
            LedgerAnswer.await(inventory.apply(new Change.DescribeVms(List.of(moved)), Expectation.NONE));
        }
    }

    private Duration end(String what, JobState state, String outcome, String detail) {
        boolean well = state == JobState.CONFIRMED;
        write(what, Phase.RESULT, 0, state, outcome, detail, well ? null : detail);
        return Duration.ZERO;
    }

    private Duration unclear(String why) {
        if (job().state() != JobState.UNCLEAR) {
            write("look", Phase.RESULT, 0, JobState.UNCLEAR, "unclear", why, why);
        }
        return ExecutionSettings.UNCLEAR;
    }

    private boolean isPatient(Executor executor) {
        return lease.age().compareTo(executor.patience(settings.patience())) < 0;
    }

    private Duration pause() {
        return job().state() == JobState.UNCLEAR ? ExecutionSettings.UNCLEAR : settings.poll();
    }

    private Order order() {
        return Objects.requireNonNull(job().order());
    }

    private Errand errand() {
        return new Errand(order(), job().id(), job().mark(), lease.fence());
    }

    private void write(
            String what,
            Phase phase,
            int tries,
            JobState state,
            String outcome,
            @Nullable String detail,
            @Nullable String problem) {
        write(what, phase, tries, state, outcome, detail, problem, false);
    }

    private void write(
            String what,
            Phase phase,
            int tries,
            JobState state,
            String outcome,
            @Nullable String detail,
            @Nullable String problem,
            boolean answered) {
        written(new Entry(step(what, phase, tries, outcome, detail), state, null, answered, problem, false));
    }

    private void written(Entry entry) {
        lease = LedgerAnswer.await(executions.write(lease, entry));
        taken = nanoTime.getAsLong();
    }

    private Step step(String what, Phase phase, int tries, String outcome, @Nullable String detail) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new Step(what, phase, tries, outcome, detail, "server", at);
    }
}
