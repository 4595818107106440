package io.regrade.pipeline;

import io.regrade.decision.Decision;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.VmFacts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Decides every machine of a fleet on all given threads; the answers are in the order of the machines. */
public final class EvaluateFleet {

    /** Machines that a thread takes at a time: few enough to share the load, many enough not to meet too often. */
    private static final int BATCH = 32;

    private EvaluateFleet() {}

    /**
     * Decides a fleet.
     *
     * @param decide what decides
     * @param fleet the machines
     * @param time the one moment all are decided at
     * @param threads how many threads work, at least 1
     * @param progress told the number of machines decided so far, by any thread
     * @throws InterruptedException when the calling thread is interrupted; the work is given up then
     */
    public static List<Decision> evaluate(
            DecideVm decide, List<VmFacts> fleet, EvaluationTime time, int threads, IntConsumer progress)
            throws InterruptedException {
        Decision[] decisions = new Decision[fleet.size()];
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        Runnable work = () -> {
            for (int from = next.getAndAdd(BATCH); from < decisions.length; from = next.getAndAdd(BATCH)) {
                int to = Math.min(from + BATCH, decisions.length);
                for (int i = from; i < to && !Thread.currentThread().isInterrupted(); i++) {
                    decisions[i] = decide.decide(fleet.get(i), time);
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
        return Arrays.asList(decisions);
    }
}
