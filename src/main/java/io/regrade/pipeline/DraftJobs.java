package io.regrade.pipeline;

import io.regrade.ledger.Draft;
import io.regrade.ledger.Draft.Verb;
import io.regrade.ledger.DraftRun;
import io.regrade.ledger.DraftRun.State;
import io.regrade.ledger.DraftRun.Stop;
import io.regrade.ledger.DraftRuns;
import io.regrade.ledger.Drafts;
import io.regrade.ledger.Drafts.Remark;
import io.regrade.ledger.Drafts.Said;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.ExpectationFailedException;
import io.regrade.ledger.WrongStateException;
import io.regrade.pipeline.DraftWork.Outcome;
import io.regrade.pipeline.DraftWork.Task;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks, tests and measures drafts in the background, so many at a time; what it comes to is in the draft's history, and
 * in the run. Thread-safe; closing it stops what is under way.
 */
public final class DraftJobs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DraftJobs.class);
    private static final int WAITING_MOST = 32;
    private static final long SAY_SECONDS = 5;

    private final Drafts drafts;
    private final DraftRuns runs;
    private final DraftTasks tasks;
    private final DraftWork work;
    private final Clock clock;
    private final ThreadPoolExecutor threads;
    private final ScheduledExecutorService alive = Executors.newSingleThreadScheduledExecutor(DraftJobs::daemon);
    private final Map<String, DraftRun> underWay = new ConcurrentHashMap<>();

    /**
     * A run that was begun.
     *
     * @param run as it is now
     * @param end completes with the run as it is at its end; never fails
     */
    public record Begun(DraftRun run, CompletableFuture<DraftRun> end) {}

    /**
     * Nothing runs yet.
     *
     * @param most how many run at a time
     */
    public DraftJobs(Drafts drafts, DraftRuns runs, DraftTasks tasks, DraftWork work, Clock clock, int most) {
        this.drafts = drafts;
        this.runs = runs;
        this.tasks = tasks;
        this.work = work;
        this.clock = clock;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                most, most, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_MOST), task -> {
                    Thread thread = daemon(task);
                    thread.setName("regrade-draft-" + number.incrementAndGet());
                    return thread;
                });
        alive.scheduleWithFixedDelay(this::sayAlive, SAY_SECONDS, SAY_SECONDS, TimeUnit.SECONDS);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "regrade-drafts");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Begins to check, test or measure a draft as it is now.
     *
     * @param verb {@link Verb#CHECK}, {@link Verb#TEST} or {@link Verb#IMPACT}
     * @param over what it is measured over; does not matter for others
     * @return empty when there is no such draft. Fails with {@link WrongStateException} when its state does not allow it, and
     *     {@link java.util.concurrent.RejectedExecutionException} when too many wait
     */
    public CompletionStage<Optional<Begun>> begin(String id, Verb verb, MeasuredOver over, Remark remark) {
        return drafts.byId(id).thenCompose(found -> {
            if (found.isEmpty()) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            Draft draft = found.get();
            if (!draft.state().allowed().contains(verb)) {
                throw WrongStateException.of(draft, verb);
            }
            return tasks.of(draft, verb, over).thenCompose(task -> begin(draft, verb, remark, task));
        });
    }

    private CompletionStage<Optional<Begun>> begin(Draft draft, Verb verb, Remark remark, Task task) {
        DraftRun run = new DraftRun(
                id(),
                draft.id(),
                verb,
                draft.digest(),
                State.WAITING,
                remark.by().name(),
                null,
                null,
                null,
                clock.instant(),
                null);
        CompletableFuture<DraftRun> end = new CompletableFuture<>();
        return runs.put(run).thenApply(nothing -> {
            underWay.put(run.id(), run);
            try {
                threads.execute(() -> run(run, task, draft, remark, end));
            } catch (RuntimeException e) {
                underWay.remove(run.id());
                finish(run.over(State.STOPPED, null, new Stop("busy", "too many wait already"), clock.instant()), end);
                throw e;
            }
            return Optional.of(new Begun(run, end));
        });
    }

    private static String id() {
        UUID random = UUID.randomUUID();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.getMostSignificantBits()) + hex.toHexDigits(random.getLeastSignificantBits());
    }

    private void run(DraftRun waiting, Task task, Draft draft, Remark remark, CompletableFuture<DraftRun> end) {
        DraftRun run = at(waiting, State.RUNNING, null);
        underWay.put(run.id(), run);
        DraftRun over;
        try {
            runs.put(run);
            Outcome outcome = work.run(
                    task, line -> underWay.computeIfPresent(run.id(), (id, now) -> at(now, State.RUNNING, line)));
            DraftRun told = underWay.getOrDefault(run.id(), run);
            over = told.over(outcome.state(), outcome.result(), outcome.stop(), clock.instant());
            String other = tasks.otherPolicy(draft, outcome.result());
            if (other != null && over.state() == State.PASSED) {
                over = run.over(State.FAILED, other, null, clock.instant());
            }
            if (over.state() != State.STOPPED) {
                Said said = Said.outcome(run.work(), remark, run.digest(), over.state() == State.PASSED);
                drafts.say(run.draft(), said, Expectation.NONE)
                        .toCompletableFuture()
                        .join();
            }
        } catch (CompletionException e) {
            over = stopped(run, e.getCause());
        } catch (InterruptedException e) {
            over = run.over(
                    State.STOPPED, null, new Stop("lost", "the server is stopping. Maybe ask again"), clock.instant());
        } catch (RuntimeException | Error e) {
            over = stopped(run, e);
        }
        underWay.remove(run.id());
        finish(over, end);
    }

    private DraftRun stopped(DraftRun run, @Nullable Throwable e) {
        if (e instanceof WrongStateException || e instanceof ExpectationFailedException) {
            return run.over(State.STOPPED, null, new Stop("outdated", String.valueOf(e.getMessage())), clock.instant());
        }
        LOG.error("{} of draft {} failed", run.work().key(), run.draft(), e);
        return run.over(State.STOPPED, null, new Stop("failed", "it could not be run"), clock.instant());
    }

    private void finish(DraftRun over, CompletableFuture<DraftRun> end) {
        runs.put(over).whenComplete((nothing, failure) -> {
            if (failure != null) {
                LOG.warn("the end of run {} could not be stored: {}", over.id(), failure.getMessage());
            }
            end.complete(over);
        });
    }

    private static DraftRun at(DraftRun run, State state, @Nullable String progress) {
        return new DraftRun(
                run.id(),
                run.draft(),
                run.work(),
                run.digest(),
                state,
                run.by(),
                progress,
                null,
                null,
                run.createdAt(),
                null);
    }

    private void sayAlive() {
        underWay.values()
                .forEach(run -> runs.put(run).exceptionally(failure -> {
                    LOG.debug("run {} could not be told of: {}", run.id(), failure.getMessage());
                    return null;
                }));
    }

    /** One run as it is now, wherever it runs; empty when there is none. */
    public CompletionStage<Optional<DraftRun>> byId(String draft, String id) {
        DraftRun here = underWay.get(id);
        return here != null && here.draft().equals(draft)
                ? CompletableFuture.completedFuture(Optional.of(here))
                : runs.byId(draft, id);
    }

    /** The newest runs of a draft, newest first, without their results. */
    public CompletionStage<List<DraftRun>> of(String draft) {
        return runs.of(draft, null);
    }

    @Override
    public void close() {
        alive.shutdownNow();
        threads.shutdownNow();
        try {
            threads.awaitTermination(SAY_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
