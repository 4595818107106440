package io.regrade.ledger.pg;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packs what was stored before there was a dictionary for it, so that the first decisions by a policy do not stay larger
 * than all later ones. What a body says does not change. What was stored may be noted on any thread; one packs.
 */
final class Repacking {

    private static final Logger LOG = LoggerFactory.getLogger(Repacking.class);

    private final PackedDecisions decisions;
    private final PackedFacts facts;
    private final PackedInventory inventory;

    Repacking(Bodies bodies, Terms terms) {
        this.decisions = new PackedDecisions(bodies, terms);
        this.facts = new PackedFacts(bodies);
        this.inventory = new PackedInventory(bodies);
    }

    List<PackedTable> tables() {
        return List.of(facts, inventory, decisions);
    }

    /** Notes what was stored without a dictionary. */
    void stored(List<EncodedDecision> stored) {
        for (EncodedDecision one : stored) {
            if (one.body().dictionary() == Dictionaries.NONE) {
                decisions.storedPlain(one.key().policy());
            }
            if (one.facts().dictionary() == Dictionaries.NONE) {
                facts.storedPlain();
            }
        }
    }

    /** Whether some of what was noted can be packed by now. */
    boolean canPack() {
        return decisions.canPack() || facts.canPack();
    }

    /** Packs what can be packed by now, in transactions of its own. */
    void run(Connection connection) throws SQLException {
        int packed = 0;
        for (PackedTable table : tables()) {
            packed += table.packPlain(connection);
        }
        if (packed > 0) {
            LOG.info("packed {} bodies that were stored before there was a dictionary for them", packed);
        }
    }
}
