package io.regrade.simulate;

import io.regrade.fact.Capacity;
import io.regrade.fact.Distribution;
import io.regrade.fact.Projection;
import io.regrade.fact.Resource;
import io.regrade.fact.ResourceProjection;
import io.regrade.fact.Target;
import io.regrade.fact.Usage;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One virtual machine, ready to be projected on any target; immutable and thread-safe.
 *
 * <p>The measured amounts are taken to be what the machine would use anywhere: a vCPU is a vCPU. What a saturated
 * machine would have used beyond its capacity was not measured and is not guessed. Where the capacity or the usage of
 * a resource is unknown, that resource is left out; where all are, the result is NaN, never zero.
 */
public final class Simulation {

    private static final double HIGHEST_RISK = 4;
    private static final double LN_2 = Math.log(2);

    private final Vm vm;
    private final SimulationSettings settings;
    private final Costs costs;
    private final Usage[] usages;
    /** Saturated hours today of each of the usages, NaN where the machine's capacity is unknown. */
    private final double[] hoursNow;

    private final double transferredGibMonth;
    private final double cpuMean;

    Simulation(VmFacts facts, SimulationSettings settings, Costs costs) {
        this.vm = facts.vm();
        this.settings = settings;
        this.costs = costs;
        this.usages = facts.usage().toArray(Usage[]::new);
        Arrays.sort(usages, Comparator.comparing(Usage::resource));
        this.hoursNow = new double[usages.length];
        for (int i = 0; i < usages.length; i++) {
            double has = vm.capacity().of(usages[i].resource());
            hoursNow[i] = Double.isNaN(has) ? Double.NaN : saturatedHours(usages[i].distribution(), has);
        }
        this.transferredGibMonth = Costs.transferredGibMonth(facts);
        Usage cpu = facts.usage(Resource.CPU);
        this.cpuMean = cpu == null ? Double.NaN : cpu.mean();
    }

    /**
     * Hours a month in which a resource is saturated on the machine as it is: the highest of all resources whose usage
     * and capacity are known, NaN when there is none. See {@link #on} for the formula.
     */
    public double saturatedHoursNow() {
        double highest = Double.NaN;
        for (double hours : hoursNow) {
            highest = higher(highest, hours);
        }
        return highest;
    }

    /** What the machine costs today by the business model in force, US dollars a month; NaN when unknown. */
    public double costUsdMonthNow() {
        return costs.byConsumption()
                ? costs.consumptionUsdMonth(vm.capacity(), Double.NaN, transferredGibMonth)
                : costs.hourlyUsdMonth(vm);
    }

    /**
     * What would be seen on a target.
     *
     * <ul>
     *   <li>Utilisation: percentile of usage / offered; 0 of nothing offered when nothing is used, else infinite.
     *   <li>Saturated hours a month, each resource: share of samples above (saturation × offered) × 730. Overall: the
     *       highest, a lower bound of their union, since they may or may not coincide; it is the exact number when the
     *       hours of the others lie within it.
     *   <li>Saved hours: overall today − overall there, both over the resources whose capacity is known on both sides.
     *   <li>Risk, each resource: min(4, log₂(1 + h)), h = weight × share of samples above offered / (1 + margin) × 730,
     *       the expected hours of shortage a month if usage grew by the margin. So 0 is none, 1 one hour a month, 2
     *       three, 3 seven, 4 fifteen or more: each step doubles the hours and adds one. The weight is 1, and the
     *       settings' memory weight for storage. For memory, where past use says little of the next peak, h = weight × the
     *       chance that it is short at least once ({@link Usage#chanceOfMoreThan}), none where there is as much as today;
     *       a policy that does not set that chance has memory judged as storage is. Overall: the highest.
     *   <li>Costs: hourly price × 730, and consumption as {@link Simulator#priceUsdHour} counts it; saved is today −
     *       there by the business model in force.
     *   <li>Freed: the machine's amount − the target's.
     * </ul>
     */
    public Projection on(Target target) {
        Capacity offers = target.capacity();
        ResourceProjection[] resources = new ResourceProjection[usages.length];
        int known = 0;
        double hours = Double.NaN;
        double comparedNow = Double.NaN;
        double comparedThen = Double.NaN;
        double risk = Double.NaN;
        Resource saturated = null;
        Resource riskiest = null;
        for (int i = 0; i < usages.length; i++) {
            Usage usage = usages[i];
            double offered = offers.of(usage.resource());
            if (Double.isNaN(offered)) {
                continue;
            }
            ResourceProjection one = project(usage, offered);
            resources[known++] = one;
            if (one.saturatedHoursMonth() > orZero(hours)) {
                saturated = usage.resource();
            }
            if (one.risk() > orZero(risk)) {
                riskiest = usage.resource();
            }
            hours = higher(hours, one.saturatedHoursMonth());
            risk = higher(risk, one.risk());
            if (!Double.isNaN(hoursNow[i])) {
                comparedNow = higher(comparedNow, hoursNow[i]);
                comparedThen = higher(comparedThen, one.saturatedHoursMonth());
            }
        }
        return projection(
                target,
                List.of(known == resources.length ? resources : Arrays.copyOf(resources, known)),
                hours,
                saturated,
                comparedNow - comparedThen,
                risk,
                riskiest);
    }

    private Projection projection(
            Target target,
            List<ResourceProjection> resources,
            double hours,
            @Nullable Resource saturated,
            double savedHours,
            double risk,
            @Nullable Resource riskiest) {
        Capacity has = vm.capacity();
        Capacity offers = target.capacity();
        double price = costs.hourlyUsdMonth(target);
        double consumption = costs.consumptionUsdMonth(offers, has.storageGib(), transferredGibMonth);
        double saving = costs.byConsumption()
                ? costs.consumptionUsdMonth(has, offers.storageGib(), transferredGibMonth) - consumption
                : costs.hourlyUsdMonth(vm) - price;
        return new Projection(
                target,
                resources,
                hours,
                saturated,
                savedHours,
                price,
                consumption,
                saving,
                has.vcpu() - offers.vcpu(),
                has.memoryGib() - offers.memoryGib(),
                utilisation(cpuMean, offers.vcpu()),
                risk,
                riskiest);
    }

    private ResourceProjection project(Usage usage, double offered) {
        Distribution used = usage.distribution();
        return new ResourceProjection(
                usage.resource(),
                offered,
                utilisation(usage.p95(), offered),
                utilisation(usage.p99(), offered),
                saturatedHours(used, offered),
                risk(usage, offered));
    }

    private static double utilisation(double used, double offered) {
        return used == 0 && offered == 0 ? 0 : used / offered;
    }

    private double saturatedHours(Distribution used, double offered) {
        return used.shareAbove(settings.saturation() * offered) * Costs.HOURS_A_MONTH;
    }

    private double risk(Usage usage, double offered) {
        if (usage.resource() == Resource.MEMORY && settings.knowsExcess()) {
            return risk(settings.memoryWeight() * chanceOfShortMemory(usage, offered));
        }
        Distribution used = usage.distribution();
        double share = used.shareAbove(offered / (1 + settings.riskMargin()));
        if (share == 0) {
            return 0;
        }
        boolean weighs = usage.resource() == Resource.MEMORY || usage.resource() == Resource.STORAGE;
        return risk((weighs ? settings.memoryWeight() : 1) * share * Costs.HOURS_A_MONTH);
    }

    /** A move to as much memory as there is today, or more, takes on no risk that is not there already. */
    private double chanceOfShortMemory(Usage usage, double offered) {
        return offered >= vm.capacity().memoryGib()
                ? 0
                : usage.chanceOfMoreThan(offered, settings.medianExcess(), settings.excessShape());
    }

    private static double risk(double hours) {
        return Math.min(HIGHEST_RISK, Math.log1p(hours) / LN_2);
    }

    private static double higher(double a, double b) {
        return Double.isNaN(a) || b > a ? b : a;
    }

    private static double orZero(double amount) {
        return Double.isNaN(amount) ? 0 : amount;
    }
}
