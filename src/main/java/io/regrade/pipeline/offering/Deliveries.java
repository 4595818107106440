package io.regrade.pipeline.offering;

import io.regrade.ledger.LedgerAnswer;
import io.regrade.ledger.LedgerUnavailableException;
import io.regrade.offer.Notification;
import io.regrade.offer.Notification.Channel;
import io.regrade.offer.Outbox;
import io.regrade.offer.Sender;
import io.regrade.offer.UndeliveredException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is in the outbox, several at a time, until it arrives or is given up. Whoever is slow holds up nobody but those
 * that wait for the same threads. Several servers may do so on one database.
 */
public final class Deliveries implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final int AT_A_TIME = 8;
    private static final long LOOK_MILLIS = 500;
    private static final int STOP_SECONDS = 5;
    /** Longer than any attempt takes, so that nobody sends what is still being sent. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final Outbox outbox;
    private final Map<Channel, Sender> senders;
    private final Backoff backoff;
    private final Clock clock;
    private final Semaphore free = new Semaphore(AT_A_TIME);
    private final ExecutorService threads =
            Executors.newFixedThreadPool(AT_A_TIME, task -> daemon(task, "regrade-delivery"));
    private final Thread thread = daemon(this::run, "regrade-deliveries");
    private volatile boolean closed;

    /** Deliveries over these channels; what goes over another one is given up. */
    public Deliveries(Outbox outbox, Map<Channel, Sender> senders, Backoff backoff, Clock clock) {
        this.outbox = outbox;
        this.senders = Map.copyOf(senders);
        this.backoff = backoff;
        this.clock = clock;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread made = new Thread(task, name);
        made.setDaemon(true);
        return made;
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    private void run() {
        while (!closed) {
            try {
                List<Notification> taken = take();
                taken.forEach(one -> threads.execute(() -> deliver(one)));
                if (taken.isEmpty()) {
                    Thread.sleep(LOOK_MILLIS);
                }
            } catch (InterruptedException | RejectedExecutionException e) {
                return; // it is being closed; what was taken is sent when its lease is over
            }
        }
    }

    /** Waits for a free thread, and takes something for all that are free; nothing when the store is away. */
    private List<Notification> take() throws InterruptedException {
        free.acquire();
        int most = 1 + free.drainPermits();
        List<Notification> taken = List.of();
        try {
            taken = LedgerAnswer.await(outbox.take(most, LEASE));
        } catch (LedgerUnavailableException e) {
            LOG.debug("nothing can be taken from the outbox: {}", e.getMessage());
        } finally {
            free.release(most - taken.size());
        }
        return taken;
    }

    private void deliver(Notification notification) {
        try {
            Sender sender = senders.get(notification.channel());
            if (sender == null) {
                throw new UndeliveredException("no " + notification.channel().key() + " is configured here", true);
            }
            sender.send(notification);
            LedgerAnswer.await(outbox.delivered(notification.id()));
        } catch (UndeliveredException e) {
            failed(notification, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the lease ends, and it is sent again
        } catch (RuntimeException e) {
            LOG.warn("notification {} is sent again: {}", notification.id(), e.getMessage());
        } finally {
            free.release();
        }
    }

    private void failed(Notification notification, UndeliveredException reason) {
        Instant again = reason.isHopeless()
                ? null
                : backoff.after(notification.attempts())
                        .map(wait -> clock.instant().plus(wait))
                        .orElse(null);
        if (again == null) {
            LOG.warn("notification {} is given up: {}", notification.id(), reason.getMessage());
        }
        try {
            LedgerAnswer.await(outbox.failed(notification.id(), String.valueOf(reason.getMessage()), again));
        } catch (LedgerUnavailableException e) {
            LOG.debug("that notification {} failed cannot be noted: {}", notification.id(), e.getMessage());
        }
    }

    /** Takes nothing more, and lets what is being sent come to its end, but not for long. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
