package io.regrade.ledger.pg;

import io.regrade.ledger.DaemonThread;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns what bodies have in common once there are enough of them, and packs anew what was stored before, on a thread and a
 * connection of its own: nothing that is recorded waits for it. Thread-safe.
 */
final class Learning implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Learning.class);

    private final ConnectionSource source;
    private final Dictionaries dictionaries;
    private final Repacking repacking;
    private final ScheduledExecutorService thread = DaemonThread.named("regrade-learning");
    private final AtomicBoolean due = new AtomicBoolean();

    Learning(ConnectionSource source, Dictionaries dictionaries, Bodies bodies) {
        this.source = source;
        this.dictionaries = dictionaries;
        this.repacking = new Repacking(bodies, new Terms());
    }

    /** Takes note of what is stored by now, and has it seen to soon when there is something to do; never waits. */
    void stored(List<EncodedDecision> stored) {
        repacking.stored(stored);
        if ((dictionaries.canLearn() || repacking.canPack()) && due.compareAndSet(false, true)) {
            thread.execute(this::run);
        }
    }

    private void run() {
        due.set(false);
        try (Connection connection = source.open()) {
            connection.setAutoCommit(false);
            dictionaries.learn(connection);
            repacking.run(connection);
        } catch (SQLException | RuntimeException e) {
            LOG.warn("what was learnt of bodies could not be stored: {}", e.getMessage());
        }
    }

    /** Ends it; what was not learnt is learnt of later bodies. */
    @Override
    public void close() {
        DaemonThread.end(thread);
    }
}
