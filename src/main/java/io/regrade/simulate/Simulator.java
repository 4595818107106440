package io.regrade.simulate;

import io.regrade.fact.Configuration;
import io.regrade.fact.Pricing;
import io.regrade.fact.VmFacts;

/** The way into simulations under one business model; immutable and thread-safe. */
public final class Simulator {

    private final Costs costs;

    /** Makes a simulator that counts costs by this business model. */
    public Simulator(Pricing pricing) {
        this.costs = new Costs(pricing);
    }

    /** Prepares what does not depend on the target; ask the result for one target after the other. */
    public Simulation of(VmFacts facts, SimulationSettings settings) {
        return new Simulation(facts, settings, costs);
    }

    /**
     * What an instantiated configuration would cost by the rates of the business model, US dollars an hour.
     *
     * <p>Processors, memory and storage are charged for as required, or as the machine has them where the configuration
     * requires nothing. Data transferred is charged for as measured when the model is
     * {@link Pricing.Model#CONSUMPTION}, and not when it is {@link Pricing.Model#HOURLY}, whose prices do not count it
     * either.
     *
     * @return the price; NaN when the rate or the amount of processors or memory is unknown
     */
    public double priceUsdHour(Configuration required, VmFacts facts) {
        return costs.configurationUsdHour(
                required.minimum().orElse(facts.vm().capacity()), Costs.transferredGibMonth(facts));
    }
}
