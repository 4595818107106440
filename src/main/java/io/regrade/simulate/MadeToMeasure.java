package io.regrade.simulate;

import io.regrade.fact.Capacity;
import io.regrade.fact.Configuration;
import io.regrade.fact.Resource;
import io.regrade.fact.Usage;
import io.regrade.fact.VmFacts;

/**
 * The machine that is made where no target fits: what is required, in amounts that can be had, and never short.
 *
 * <p>Targets come in sizes, and one that is short for an hour may be the better bargain. A machine made to measure has no
 * reason to be short: of each resource whose use is known it holds the highest use seen, with the margin that the risk
 * is judged by and below the share that counts as saturated, so that its projected risk and saturation are zero.
 * Processors and accelerators are whole, memory and storage are whole GiB.
 */
public final class MadeToMeasure {

    private MadeToMeasure() {}

    /** The configuration to make for what is required of a machine. */
    public static Configuration of(Configuration required, VmFacts facts, SimulationSettings settings) {
        Capacity amounts = required.minimum();
        for (Usage usage : facts.usage()) {
            Resource resource = usage.resource();
            double peak = usage.max() * Math.max(1 + settings.riskMargin(), 1 / settings.saturation());
            if (amounts.of(resource) < peak) {
                amounts = amounts.with(resource, peak);
            }
        }
        for (Resource resource : Resource.values()) {
            boolean whole = switch (resource) {
                case CPU, MEMORY, STORAGE, GPU -> true;
                case DISK_THROUGHPUT, DISK_IOPS, NETWORK -> false;
            };
            if (whole && amounts.knows(resource)) {
                amounts = amounts.with(resource, Math.ceil(amounts.of(resource)));
            }
        }
        return new Configuration(amounts, required.qualities());
    }
}
