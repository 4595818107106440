package io.regrade.ledger.pg;

import io.regrade.ledger.Change;
import io.regrade.ledger.DaemonThread;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.ExpectationFailedException;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.InventorySnapshot;
import io.regrade.ledger.LedgerUnavailableException;
import io.regrade.ledger.memory.MemorySnapshot;
import io.regrade.ledger.memory.Patch;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inventory in PostgreSQL, held in memory for reading. Thread-safe. Changes are made one after another, across all
 * servers of the database; what another server has changed is seen within about a second, and always before a change.
 */
final class PgInventory implements Inventory, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PgInventory.class);
    private static final long LOOK_MILLIS = 1000;

    private final ConnectionSource source;
    private final InventoryTables tables;
    private final ScheduledExecutorService thread;
    private volatile MemorySnapshot state = MemorySnapshot.EMPTY;
    private long version;

    private PgInventory(ConnectionSource source, InventoryTables tables) {
        this.source = source;
        this.tables = tables;
        this.thread = DaemonThread.named("regrade-inventory");
    }

    /**
     * Reads what is held, and keeps looking for what other servers change.
     *
     * @throws SQLException when the database does not answer
     */
    static PgInventory open(ConnectionSource source, InventoryTables tables) throws SQLException {
        PgInventory inventory = new PgInventory(source, tables);
        try (Connection connection = source.open()) {
            connection.setAutoCommit(false);
            inventory.catchUp(connection, InventoryTables.version(connection, true));
            PgUsageRecords.complete(
                    connection, inventory.state.vms(null, Integer.MAX_VALUE).items());
            connection.commit();
        }
        inventory.thread.scheduleWithFixedDelay(inventory::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return inventory;
    }

    @Override
    public InventorySnapshot snapshot() {
        return state;
    }

    @Override
    public CompletionStage<Outcome> apply(Change change, Expectation expectation) {
        return CompletableFuture.supplyAsync(() -> applied(change, expectation), thread);
    }

    private Outcome applied(Change change, Expectation expectation) {
        try (Connection connection = source.open()) {
            connection.setAutoCommit(false);
            try {
                catchUp(connection, InventoryTables.version(connection, true));
                Patch patch = Patch.of(state, change, expectation);
                Outcome outcome = patch.outcome(state);
                if (!patch.isEmpty()) {
                    tables.write(connection, patch, version + 1);
                    PgUsageRecords.changed(connection, state, patch.vms());
                    connection.commit();
                    state = state.patched(patch);
                    version++;
                }
                return outcome;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (ExpectationFailedException e) {
            throw new CompletionException(e);
        } catch (SQLException e) {
            throw new CompletionException(new LedgerUnavailableException("the inventory's database is away", e));
        }
    }

    /** Looks for what other servers have changed. */
    private void look() {
        try (Connection connection = source.open()) {
            connection.setAutoCommit(false);
            catchUp(connection, InventoryTables.version(connection, false));
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("the inventory could not be read again: {}", e.getMessage());
        }
    }

    private void catchUp(Connection connection, long newest) throws SQLException {
        if (newest != version) {
            state = state.patched(tables.since(connection, version));
            version = newest;
        }
    }

    @Override
    public void close() {
        DaemonThread.end(thread);
    }
}
