package io.regrade.ledger.memory;

import io.regrade.ledger.Inventory;
import io.regrade.ledger.InventoryContract;

class MemoryInventoryTest extends InventoryContract {

    @Override
    protected Inventory empty() {
        return new MemoryInventory();
    }
}
