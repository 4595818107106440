package io.regrade.pipeline;

import io.regrade.decision.Decision;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.VmFacts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Decides every machine of a fleet on all given threads; the answers are in the order of the machines. */
public final class EvaluateFleet {

    /** Machines that a thread takes at a time: few enough to share the load, many enough not to meet too often. */
    private static final int BATCH = 32;

    private EvaluateFleet() {}

    /** Decides a fleet at one moment, see {@link #evaluate(Function, List, int, IntConsumer)}. */
    public static List<Decision> evaluate(
            DecideVm decide, List<VmFacts> fleet, EvaluationTime time, int threads, IntConsumer progress)
            throws InterruptedException {
        return evaluate(facts -> decide.decide(facts, time), fleet, threads, progress);
    }

    /**
     * Decides a fleet.
     *
     * @param decide decides one machine; called by several threads
     * @param fleet the machines
     * @param threads how many threads work, at least 1
     * @param progress told the number of machines decided so far, by any thread
     * @param <T> what is wanted of each decision
     * @throws InterruptedException when the calling thread is interrupted; the work is given up then
     */
    public static <T> List<T> evaluate(
            Function<VmFacts, T> decide, List<VmFacts> fleet, int threads, IntConsumer progress)
            throws InterruptedException {
        List<@Nullable T> decisions = new ArrayList<>(Collections.nCopies(fleet.size(), null));
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        Runnable work = () -> {
            for (int from = next.getAndAdd(BATCH); from < fleet.size(); from = next.getAndAdd(BATCH)) {
                int to = Math.min(from + BATCH, fleet.size());
                for (int i = from; i < to && !Thread.currentThread().isInterrupted(); i++) {
                    decisions.set(i, decide.apply(fleet.get(i)));
                }
                progress.accept(done.addAndGet(to - from));
            }
        };
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, threads));
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < Math.max(1, threads); i++) {
                running.add(pool.submit(work));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a machine could not be evaluated", e.getCause());
        } finally {
            pool.shutdownNow();
        }
        return decisions.stream().map(Objects::requireNonNull).toList();
    }
}
