package io.regrade.web;

import io.micrometer.core.instrument.Counter;
import io.regrade.config.HttpConfig;
import io.regrade.metrics.RegradeMeters;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The threads that evaluate: a fixed number, with a bounded queue before them, both in requests and in bytes. What does
 * not fit is refused at once. Thread-safe.
 */
final class Workers {

    private final ThreadPoolExecutor pool;
    private final AtomicLong pendingBytes = new AtomicLong();
    private final long maxPendingBytes;
    private final Counter rejected;

    Workers(HttpConfig config, RegradeMeters meters) {
        AtomicInteger number = new AtomicInteger();
        pool = new ThreadPoolExecutor(
                config.workers(),
                config.workers(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(config.queue()),
                work -> {
                    Thread thread = new Thread(work, "regrade-worker-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        maxPendingBytes = config.maxPendingBytes();
        meters.gauge(
                RegradeMeters.WORKER_QUEUE,
                "Requests that wait for a worker",
                () -> pool.getQueue().size());
        meters.gauge(RegradeMeters.WORKER_BUSY, "Workers that are busy", pool::getActiveCount);
        rejected = meters.counter(RegradeMeters.WORKER_REJECTED, "Requests refused because too many were waiting");
    }

    /**
     * Has something done by a worker.
     *
     * @param bytes how much it keeps in memory until then
     * @return what the work answers, or its failure; {@link RejectedExecutionException} when there is no room
     */
    <T> CompletionStage<T> submit(long bytes, Supplier<CompletionStage<T>> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        if (pendingBytes.addAndGet(bytes) > maxPendingBytes) {
            pendingBytes.addAndGet(-bytes);
            rejected.increment();
            return CompletableFuture.failedFuture(new RejectedExecutionException("bytes"));
        }
        try {
            pool.execute(() -> {
                try {
                    work.get().whenComplete((value, failure) -> {
                        if (failure == null) {
                            result.complete(value);
                        } else {
                            result.completeExceptionally(failure);
                        }
                    });
                } catch (Throwable e) { // also errors: somebody waits for an answer
                    result.completeExceptionally(e);
                } finally {
                    pendingBytes.addAndGet(-bytes);
                }
            });
        } catch (RejectedExecutionException e) {
            pendingBytes.addAndGet(-bytes);
            rejected.increment();
            return CompletableFuture.failedFuture(e);
        }
        return result;
    }

    /** Requests that wait. */
    int waiting() {
        return pool.getQueue().size();
    }

    /** Requests that are worked on. */
    int busy() {
        return pool.getActiveCount();
    }

    /** Takes nothing more and waits until what was taken is done; what takes longer is interrupted. */
    void close(long seconds) {
        pool.shutdown();
        try {
            if (!pool.awaitTermination(seconds, TimeUnit.SECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
