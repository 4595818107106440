package io.regrade.bench;

import io.regrade.policy.PolicyBundle;
import io.regrade.simulate.SimulationSettings;

/** The parameters of the standard policy in one environment, as fields. */
record HandLimits(
        double minimumDays,
        double minimumCoverage,
        double cpuTargetUtilisation,
        double memoryHeadroom,
        double vcpuPrice,
        double gibPrice,
        double memoryShortageWorth,
        double growthHorizonDays,
        double storageHeadroom,
        double diskHeadroom,
        double networkHeadroom,
        double oversizedShare,
        double pressureUtilisation,
        double idleCpuShare,
        double idleNetworkGbps,
        double osWarningDays,
        double redundancyAvailability,
        double redundancyGroupSize,
        double burstableMeanUtilisation,
        double acceptedRisk,
        double minimumSaving,
        double saturatedHourWorth,
        double securityGapWorth,
        double freedVcpuWorth,
        double freedGibWorth,
        SimulationSettings simulation) {

    static HandLimits of(PolicyBundle policy, String environment) {
        return new HandLimits(
                policy.limit(environment, "minimum-days"),
                policy.limit(environment, "minimum-coverage"),
                policy.limit(environment, "cpu-target-utilisation"),
                policy.limit(environment, "memory-headroom"),
                policy.limit(environment, "vcpu-price"),
                policy.limit(environment, "gib-price"),
                policy.limit(environment, "memory-shortage-worth"),
                policy.limit(environment, "growth-horizon-days"),
                policy.limit(environment, "storage-headroom"),
                policy.limit(environment, "disk-headroom"),
                policy.limit(environment, "network-headroom"),
                policy.limit(environment, "oversized-share"),
                policy.limit(environment, "pressure-utilisation"),
                policy.limit(environment, "idle-cpu-share"),
                policy.limit(environment, "idle-network-gbps"),
                policy.limit(environment, "os-warning-days"),
                policy.limit(environment, "redundancy-availability"),
                policy.limit(environment, "redundancy-group-size"),
                policy.limit(environment, "burstable-mean-utilisation"),
                policy.limit(environment, "accepted-risk"),
                policy.limit(environment, "minimum-saving"),
                policy.limit(environment, "saturated-hour-worth"),
                policy.limit(environment, "security-gap-worth"),
                policy.limit(environment, "freed-vcpu-worth"),
                policy.limit(environment, "freed-gib-worth"),
                new SimulationSettings(
                        policy.limit(environment, "saturation-utilisation"),
                        policy.limit(environment, "risk-margin"),
                        policy.limit(environment, "memory-shortage-weight"),
                        policy.limit(environment, "memory-excess-median"),
                        policy.limit(environment, "memory-excess-shape")));
    }
}
