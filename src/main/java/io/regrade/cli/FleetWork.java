package io.regrade.cli;

import io.regrade.catalog.Catalog;
import io.regrade.decision.Decision;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.VmFacts;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.inventory.FleetReader;
import io.regrade.intake.inventory.IntakeLimits;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.EvaluateFleet;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.pipeline.manifest.AnalyzeManifests;
import io.regrade.pipeline.manifest.FleetManifests;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Loads a fleet and a policy at the same time, and decides with a progress bar. */
final class FleetWork {

    private FleetWork() {}

    /** A fleet and the policy to decide it by. */
    record Loaded(Fleet fleet, ReadyPolicy policy) {

        DecideVm decider() {
            return new DecideVm(policy, Catalog.of(fleet.targets()), fleet.pricing());
        }
    }

    /**
     * Reads a fleet directory while the policy compiles.
     *
     * @throws io.regrade.intake.inventory.IntakeException when the fleet cannot be used
     * @throws io.regrade.policy.PolicyException when the policy cannot be used
     */
    static Loaded load(Path fleetDirectory, Path policyDirectory, Services services) {
        CompletableFuture<ReadyPolicy> policy =
                CompletableFuture.supplyAsync(() -> ReadyPolicy.load(policyDirectory, services.compiler()));
        Fleet fleet = read(fleetDirectory);
        try {
            return new Loaded(fleet, policy.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /**
     * Reads a fleet directory with its manifests, with a progress bar.
     *
     * @throws io.regrade.intake.inventory.IntakeException when the fleet cannot be used
     * @throws io.regrade.pipeline.manifest.UnreadableManifestsException when a manifest cannot be
     */
    static Fleet read(Path directory) {
        try (Meter meter = Meter.of("Reading", "MiB", -1, 1 << 20)) {
            Fleet fleet = new FleetReader(IntakeLimits.DEFAULT, (file, bytes, total) -> meter.at(bytes, total))
                    .read(directory);
            return new FleetManifests(new AnalyzeManifests()).joined(fleet, directory);
        }
    }

    static List<Decision> decide(DecideVm decide, List<VmFacts> vms, EvaluationTime time) throws InterruptedException {
        try (Meter meter = Meter.of("Deciding", " VMs", vms.size(), 1)) {
            return EvaluateFleet.evaluate(
                    decide, vms, time, Runtime.getRuntime().availableProcessors(), done -> meter.at(done, vms.size()));
        }
    }
}
