package io.regrade.pipeline.shadow;

import io.regrade.decision.Decision;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.VmFacts;
import io.regrade.metrics.PolicyMeters;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.LiveTraffic;
import io.regrade.pipeline.PolicyLease;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.pipeline.Shadowing;
import io.regrade.pipeline.VmShare;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides live traffic a second time by versions that are on trial, on one thread of its own that rests so that it takes no
 * more than a part of one core. An answer waits for none of it: what the queue has no room for is dropped and counted.
 * Thread-safe; nothing of it is recorded as a decision.
 */
public final class Shadows implements LiveTraffic, Shadowing, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Shadows.class);
    private static final long LOOK_MILLIS = 200;
    private static final long STOP_MILLIS = 5000;
    private static final double ALL = 100;

    private final PolicyMeters meters;
    private final Clock clock;
    private final double busy;
    private final BlockingQueue<Task> queue;
    private final Map<String, Shadow> running = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::run, "regrade-shadow");
    private volatile boolean closed;

    private record Task(Shadow shadow, VmFacts facts, EvaluationTime time, Decision live, DecideVm decide) {}

    /**
     * None yet.
     *
     * @param queue decisions that may wait
     * @param busy the part of one core that it may take, percent, 1 to 100
     */
    public Shadows(PolicyMeters meters, Clock clock, int queue, int busy) {
        this.meters = meters;
        this.clock = clock;
        this.busy = busy / ALL;
        this.queue = new ArrayBlockingQueue<>(queue);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void start(PolicyLease version, double share) {
        Shadow before = running.put(
                version.policy().ref().name(), new Shadow(version, new VmShare(share), clock.instant(), meters));
        if (before != null) {
            before.end();
        }
    }

    @Override
    public void stop(String policy) {
        Shadow shadow = running.remove(policy);
        if (shadow != null) {
            shadow.end();
        }
    }

    /** How the shadow of a policy has done so far; empty when it has none. */
    public Optional<ShadowReport> report(String policy) {
        return Optional.ofNullable(running.get(policy)).map(Shadow::report);
    }

    @Override
    public void decided(VmFacts facts, EvaluationTime time, Decision decision, DecideVm decide) {
        Shadow shadow = running.get(decision.policy().name());
        if (shadow == null
                || shadow.ref().digest().equals(decision.policy().digest())
                || !shadow.share().has(shadow.ref().digest(), facts.vm().id())) {
            return;
        }
        if (!queue.offer(new Task(shadow, facts, time, decision, decide))) {
            shadow.dropped();
        }
    }

    private void run() {
        while (!closed) {
            try {
                Task task = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (task != null) {
                    long begun = System.nanoTime();
                    task.shadow.decide(policy -> compare(task, policy));
                    LockSupport.parkNanos((long) ((System.nanoTime() - begun) * (1 / busy - 1)));
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void compare(Task task, ReadyPolicy policy) {
        try {
            Decision own = task.decide.by(policy).decide(task.facts, task.time);
            if (!own.errors().isEmpty() && task.live.errors().isEmpty()) {
                task.shadow.failed(task.live, own.errors().get(0));
            } else {
                task.shadow.compared(task.live, own);
            }
        } catch (RuntimeException | StackOverflowError e) {
            LOG.warn("the shadow {} failed", task.shadow.ref().digest(), e);
            task.shadow.failed(task.live, "Regrade failed on this machine; details are in the log");
        }
    }

    /** Ends all of them. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.values().forEach(Shadow::end);
        running.clear();
    }
}
