package io.regrade.ledger.pg;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.regrade.db.TestPostgres;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.InventoryContract;
import io.regrade.metrics.RegradeMeters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

class PgInventoryTest extends InventoryContract {

    private @Nullable PgLedger ledger;

    @Override
    protected Inventory empty() {
        ledger = Ledgers.open(TestPostgres.freshDatabase(), new RegradeMeters(new SimpleMeterRegistry()));
        return ledger.inventory();
    }

    @AfterEach
    void close() {
        if (ledger != null) {
            ledger.close();
        }
    }
}
