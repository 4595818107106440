package io.regrade.ledger;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A thread on which the ledger sees to what is due again and again; it does not keep the process alive. */
public final class DaemonThread {

    private static final int STOP_SECONDS = 10;

    private DaemonThread() {}

    /** A new one, to be ended with {@link #end}. */
    public static ScheduledExecutorService named(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
    }

    /** Begins nothing more, and waits for what is under way, but not for long. */
    public static void end(ScheduledExecutorService thread) {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
