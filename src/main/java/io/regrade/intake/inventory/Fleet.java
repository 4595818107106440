package io.regrade.intake.inventory;

import io.regrade.fact.Pricing;
import io.regrade.fact.SharedLimit;
import io.regrade.fact.Target;
import io.regrade.fact.VmFacts;
import java.util.List;

/**
 * Everything a fleet directory says. Safe to share between threads.
 *
 * @param vms what is known of each virtual machine, in the order of {@code vms.csv}
 * @param targets what they can be moved to, in the order of {@code targets.csv}
 * @param pricing the business model
 * @param shared what machines share, in the order of {@code shared.csv}
 */
public record Fleet(List<VmFacts> vms, List<Target> targets, Pricing pricing, List<SharedLimit> shared) {

    /** Copies the lists. */
    public Fleet {
        vms = List.copyOf(vms);
        targets = List.copyOf(targets);
        shared = List.copyOf(shared);
    }
}
