package io.regrade.simulate;

import io.regrade.fact.Capacity;
import io.regrade.fact.Machine;
import io.regrade.fact.Pricing;
import io.regrade.fact.Resource;
import io.regrade.fact.Usage;
import io.regrade.fact.VmFacts;

/**
 * Money, counted both ways: by the hour and by consumption.
 *
 * <p>By consumption, with all capacity provisioned for the whole month:
 *
 * <pre>usd/month = 730 × (vCPU × rate + GiB × rate + storage GiB × rate) + GiB transferred × rate</pre>
 *
 * <p>The rates for processors and memory make up the model: without one, the cost is unknown. Storage and transfer are
 * charged for only where the model names a rate. Where the amount of storage is unknown, it is taken to be the other
 * machine's, since volumes move along; where both are unknown, or transfer was not measured, the term is left out of
 * both sides, which leaves their difference right and each side a lower bound.
 */
final class Costs {

    static final double HOURS_A_MONTH = 8_760.0 / 12;

    private static final double GIB_A_GBIT = 1e9 / 8 / (1L << 30);
    private static final double SECONDS_A_MONTH = HOURS_A_MONTH * 3_600;

    private final Pricing pricing;

    Costs(Pricing pricing) {
        this.pricing = pricing;
    }

    boolean byConsumption() {
        return pricing.model() == Pricing.Model.CONSUMPTION;
    }

    /**
     * The data that crosses the network in a month, GiB: mean Gbit/s × 10⁹ / 8 / 2³⁰ × 730 × 3,600 s, that is 305,939
     * GiB for each Gbit/s; of the busier direction, as usage is. NaN when not measured.
     */
    static double transferredGibMonth(VmFacts facts) {
        Usage network = facts.usage(Resource.NETWORK);
        return network == null ? Double.NaN : network.mean() * GIB_A_GBIT * SECONDS_A_MONTH;
    }

    /** The price of a month counted by the hour; what has no price is charged for by the rates. NaN when unknown. */
    double hourlyUsdMonth(Machine machine) {
        double price = machine.priceUsdHour();
        return HOURS_A_MONTH * (Double.isNaN(price) ? provisionedUsdHour(machine.capacity()) : price);
    }

    /**
     * The price of a month counted by consumption, NaN when unknown.
     *
     * @param otherStorageGib the storage to assume when this capacity's is unknown
     */
    double consumptionUsdMonth(Capacity capacity, double otherStorageGib, double transferredGibMonth) {
        Capacity assumed =
                capacity.knows(Resource.STORAGE) ? capacity : capacity.with(Resource.STORAGE, otherStorageGib);
        return HOURS_A_MONTH * provisionedUsdHour(assumed) + transferUsdMonth(transferredGibMonth);
    }

    double configurationUsdHour(Capacity capacity, double transferredGibMonth) {
        double provisioned = provisionedUsdHour(capacity);
        return byConsumption() ? provisioned + transferUsdMonth(transferredGibMonth) / HOURS_A_MONTH : provisioned;
    }

    private double provisionedUsdHour(Capacity capacity) {
        return capacity.vcpu() * pricing.usdPerVcpuHour()
                + capacity.memoryGib() * pricing.usdPerGibHour()
                + orNothing(capacity.storageGib() * pricing.usdPerStorageGibHour());
    }

    private double transferUsdMonth(double gib) {
        return orNothing(gib * pricing.usdPerGibTransferred());
    }

    private static double orNothing(double usd) {
        return Double.isNaN(usd) ? 0 : usd;
    }
}
