package io.regrade.ledger.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.decision.DecisionJson.Detail;
import io.regrade.fact.Action;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.DecisionsContract;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryDecisionsTest extends DecisionsContract {

    @Override
    protected Decisions empty() {
        return new MemoryDecisions(100, dropped -> {});
    }

    @Test
    void save_overTheCapacity_dropsTheOldestAndCountsThem() {
        AtomicLong dropped = new AtomicLong();
        MemoryDecisions decisions = new MemoryDecisions(3, dropped::addAndGet);
        for (int i = 1; i <= 5; i++) {
            join(decisions.save(List.of(record(String.valueOf(i), "a", Action.KEEP))));
        }

        assertThat(dropped).hasValue(2);
        assertThat(join(decisions.byId(id("2"), Detail.NONE))).isEmpty();
        assertThat(join(decisions.byId(id("3"), Detail.NONE))).isPresent();
        // What was dropped may come again.
        join(decisions.save(List.of(record("1", "a", Action.KEEP))));
        assertThat(join(decisions.byId(id("1"), Detail.NONE))).isPresent();
    }
}
