package io.regrade.ledger;

import io.regrade.fact.Vm;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time in which a machine was held and nothing about it changed that is charged for. What is unknown is null or NaN.
 *
 * @param metered what it was
 * @param since from when on
 * @param until until when, null while it goes on
 */
public record UsageRecord(
        Metered metered, Instant since, @Nullable Instant until) {

    /**
     * What is charged for.
     *
     * @param vm the machine's id
     * @param name what people call it
     * @param owner who answers for it
     * @param cloud where it runs
     * @param region the cloud's region
     * @param type the instance type
     * @param vcpu its processors
     * @param memoryGib its memory, GiB
     * @param priceUsdHour what it costs, US dollars an hour
     */
    public record Metered(
            String vm,
            @Nullable String name,
            @Nullable String owner,
            @Nullable String cloud,
            @Nullable String region,
            @Nullable String type,
            double vcpu,
            double memoryGib,
            double priceUsdHour) {

        /** What is charged for a machine as it is held. */
        public static Metered of(Vm vm) {
            return new Metered(
                    vm.id(),
                    vm.name(),
                    vm.owner(),
                    vm.cloud(),
                    vm.region(),
                    vm.type(),
                    vm.capacity().vcpu(),
                    vm.capacity().memoryGib(),
                    vm.priceUsdHour());
        }
    }
}
