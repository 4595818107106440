package io.regrade.app;

import io.regrade.pipeline.child.ChildJvm;
import java.util.concurrent.TimeUnit;

/** Ends a process that was started for a draft by itself, should the server that watches over it have gone. */
final class Deadline {

    /** What a process ends with that has run too long, as {@code timeout} has it. */
    private static final int EXIT_CODE = 124;

    private Deadline() {}

    /** Begins to count when the process was given a deadline. */
    static void begin() {
        Integer seconds = Integer.getInteger(ChildJvm.DEADLINE);
        if (seconds == null) {
            return;
        }
        Thread thread = new Thread(
                () -> {
                    try {
                        TimeUnit.SECONDS.sleep(seconds);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(EXIT_CODE);
                },
                "regrade-deadline");
        thread.setDaemon(true);
        thread.start();
    }
}
