package io.regrade.pipeline;

import io.regrade.engine.drools.CompiledOnce;
import io.regrade.fact.EvaluationTime;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.inventory.FleetReader;
import io.regrade.intake.sample.SampleFleet;
import io.regrade.ledger.Evidence;
import io.regrade.policy.Policies;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A sample fleet that the standard policy has decided, and what reopens its decisions.
 *
 * @param run the evidence of each decision, as a ledger keeps it
 * @param loaded the policies that {@code past} looks in; closed with this
 */
record DecidedFleet(Fleet fleet, ReadyPolicy policy, List<Evidence> run, LoadedPolicies loaded, PastEvaluations past)
        implements AutoCloseable {

    static final EvaluationTime TIME = new EvaluationTime(Instant.parse("2026-01-31T00:00:00Z"));

    static DecidedFleet of(Path directory, int seed, int vms, int targets) throws Exception {
        SampleFleet.write(directory, new SampleFleet.Options(seed, vms, targets, 3, 30, TIME.at()));
        Fleet fleet = new FleetReader().read(directory);
        ReadyPolicy policy = ReadyPolicy.load(Policies.STANDARD, CompiledOnce.compiler());
        LoadedPolicies loaded = new LoadedPolicies(CompiledOnce.compiler());
        loaded.add(policy);
        return new DecidedFleet(fleet, policy, Runs.evidence(policy, fleet, TIME), loaded, new PastEvaluations(loaded));
    }

    @Override
    public void close() {
        loaded.close();
    }
}
