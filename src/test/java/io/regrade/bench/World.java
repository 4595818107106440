package io.regrade.bench;

import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Pricing;
import io.regrade.fact.Target;
import io.regrade.fact.VmFacts;
import io.regrade.intake.sample.SampleFleet;
import java.time.Instant;
import java.util.List;

/**
 * What is decided in a benchmark: a catalogue of three invented clouds, and machines that live there, all from a seed.
 *
 * @param targets the catalogue
 * @param vms the machines; most may only use their own region, some are open to several clouds
 * @param pricing the business model
 * @param time when they are decided
 */
record World(List<Target> targets, List<VmFacts> vms, Pricing pricing, EvaluationTime time) {

    static final EvaluationTime TIME = new EvaluationTime(Instant.parse("2025-06-01T00:00:00Z"));

    private static final Pricing HOURLY = new Pricing(Pricing.Model.HOURLY, 0.035, 0.0045, 0.00011, 0.08);

    /** A world of a size; equal arguments give equal worlds. */
    static World of(int targets, int vms, long seed) {
        List<Target> catalogue = SampleFleet.targets(targets, seed);
        return new World(catalogue, WorldVms.of(catalogue, vms, seed), HOURLY, TIME);
    }
}
