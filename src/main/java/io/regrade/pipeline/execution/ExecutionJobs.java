package io.regrade.pipeline.execution;

import io.regrade.ledger.Decisions;
import io.regrade.ledger.Executions;
import io.regrade.ledger.Executions.Lease;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.LedgerAnswer;
import io.regrade.ledger.LedgerUnavailableException;
import io.regrade.ledger.LostLeaseException;
import io.regrade.ledger.Recommendations;
import io.regrade.pipeline.HeldFleet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out executions in the background, those that other servers have left included. Thread-safe.
 *
 * <p>Several servers may share them: each execution is worked on by one at a time.
 */
public final class ExecutionJobs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ExecutionJobs.class);
    private static final long STOP_MILLIS = 30_000;

    private final ExecuteApproved use;
    private final Executions executions;
    private final Inventory inventory;
    private final Clock clock;
    private final ExecutionSettings settings;
    private final UUID runner = UUID.randomUUID();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    /** The executions of a server; nothing is carried out before {@link #start()}. */
    public ExecutionJobs(
            Inventory inventory,
            HeldFleet fleet,
            Recommendations recommendations,
            Decisions decisions,
            Executions executions,
            ExecutorChoice executors,
            Clock clock,
            ExecutionSettings settings) {
        this.use = new ExecuteApproved(
                recommendations, decisions, executions, executors, new Prechecks(fleet, inventory, clock), clock);
        this.executions = executions;
        this.inventory = inventory;
        this.clock = clock;
        this.settings = settings;
    }

    /** What people ask for. */
    public ExecuteApproved use() {
        return use;
    }

    /** Begins to carry out. */
    public void start() {
        for (int i = 0; i < settings.workers(); i++) {
            Thread thread = new Thread(this::run, "regrade-execution-" + (i + 1));
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void run() {
        while (!closed) {
            try {
                Optional<Lease> taken = LedgerAnswer.await(executions.take(runner));
                if (taken.isPresent()) {
                    carryOut(taken.get());
                    continue;
                }
            } catch (LedgerUnavailableException e) {
                LOG.debug("no execution can be taken: {}", e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("executions failed", e);
            }
            pause();
        }
    }

    private void carryOut(Lease taken) {
        String id = taken.execution().id();
        try {
            new Course(taken, use, executions, inventory, clock, settings, System::nanoTime).run();
        } catch (LostLeaseException e) {
            LOG.info("execution {} is left to others: {}", id, e.getMessage());
        } catch (LedgerUnavailableException e) {
            // Whoever finds the store again takes it once the lease has run out.
            LOG.warn("execution {} waits for the ledger: {}", id, e.getMessage());
        }
    }

    private synchronized void pause() {
        try {
            if (!closed) {
                wait(settings.look().toMillis());
            }
        } catch (InterruptedException e) {
            closed = true; // nobody interrupts this thread but the end of the process
        }
    }

    /** Has it looked at once whether something is due. */
    public synchronized void wake() {
        notifyAll();
    }

    /** Lets the step that is under way come to its end; what is left is taken up by the next server. */
    @Override
    public void close() {
        closed = true;
        wake();
        try {
            for (Thread thread : threads) {
                thread.join(STOP_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
