package io.regrade.plan;

import io.regrade.fact.Capacity;
import io.regrade.fact.Resource;
import io.regrade.fact.SharedLimit;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a fleet and what it shares as a {@link Problem}. Used once, by one thread.
 *
 * <p>An amount that is unknown of a machine or a target takes nothing of a row: it cannot be held against a limit. That is why a
 * plan counts machines whose price is unknown apart.
 */
final class SharedRows {

    private final List<SharedLimit> limits;
    private final PlanSettings settings;
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Double> spend = new LinkedHashMap<>();
    private final Map<String, Double> committed = new LinkedHashMap<>();
    private List<Integer> taken = new ArrayList<>();
    private List<Double> amounts = new ArrayList<>();

    private SharedRows(List<SharedLimit> limits, PlanSettings settings) {
        this.limits = limits;
        this.settings = settings;
    }

    /** The problem of machines that want to move; those that stay count for budgets and commitments alone. */
    static Problem problem(List<Mover> movers, List<SharedLimit> limits, PlanSettings settings) {
        return new SharedRows(limits, settings).written(movers);
    }

    private Problem written(List<Mover> movers) {
        for (SharedLimit limit : limits) {
            count(limit, movers);
        }
        double[][] values = new double[movers.size()][];
        int[][][] takes = new int[movers.size()][][];
        double[][][] all = new double[movers.size()][][];
        for (int m = 0; m < movers.size(); m++) {
            Mover mover = movers.get(m);
            int options = mover.options().size();
            values[m] = new double[options];
            takes[m] = new int[options][];
            all[m] = new double[options][];
            for (int o = 0; o < options; o++) {
                Option option = mover.options().get(o);
                values[m][o] = option.netUsdMonth() + (mover.obliged() ? settings.obligationUsdMonth() : 0);
                taken = new ArrayList<>();
                amounts = new ArrayList<>();
                take(mover, option);
                takes[m][o] = taken.stream().mapToInt(Integer::intValue).toArray();
                all[m][o] = amounts.stream().mapToDouble(Double::doubleValue).toArray();
            }
        }
        return new Problem(List.copyOf(rows), values, takes, all);
    }

    /** What machines cost now that share a budget, and how much of a commitment they use. */
    private void count(SharedLimit limit, List<Mover> movers) {
        double usd = 0;
        double vcpu = 0;
        for (Mover mover : movers) {
            if (limit.covers(mover.vm())) {
                usd += known(mover.priceUsdMonth());
                vcpu += known(mover.vm().capacity().vcpu());
            }
        }
        spend.put(limit.id(), usd);
        committed.put(limit.id(), vcpu);
    }

    private void take(Mover mover, Option option) {
        Target target = option.target();
        if (settings.most() != Integer.MAX_VALUE) {
            take("moves", "moves in all", "moves", settings.most(), 1);
        }
        if (target.available() != null) {
            take("target " + target.id(), "`" + target.id() + "`", "places", target.available(), 1);
        }
        for (SharedLimit limit : limits) {
            switch (limit.kind()) {
                case POOL -> takeOfPool(limit, mover.vm(), target);
                case BUDGET -> takeOfBudget(limit, mover, option);
                case LICENCE -> {
                    if (limit.covers(target) && !hasLicence(limit, mover.vm())) {
                        takeCount(limit, "licences");
                    }
                }
                case COMMITMENT -> takeOfCommitment(limit, mover.vm(), target);
            }
        }
    }

    private void takeOfPool(SharedLimit pool, Vm vm, Target target) {
        if (!pool.covers(target)) {
            return;
        }
        takeCount(pool, "places");
        for (Resource resource : Resource.values()) {
            double limit = pool.capacity().of(resource);
            if (!Double.isNaN(limit)) {
                take(
                        pool.id() + "/" + resource.key(),
                        "pool `" + pool.id() + "`",
                        resource.unit(),
                        limit,
                        known(target.capacity().of(resource)));
            }
        }
        if (pool.spread() && vm.group() != null) {
            take(
                    pool.id() + "//" + vm.group(),
                    "pool `" + pool.id() + "` for group `" + vm.group() + "`",
                    "members",
                    1,
                    1);
        }
    }

    /** What machines cost more than now; where they cost too much already, it must not become more. */
    private void takeOfBudget(SharedLimit budget, Mover mover, Option option) {
        if (budget.covers(mover.vm()) && !Double.isNaN(budget.usdMonth())) {
            double room = Math.max(0, budget.usdMonth() - spend.getOrDefault(budget.id(), 0.0));
            double more =
                    option.projection().isSavingKnown() ? -option.projection().savingUsdMonth() : 0;
            take(budget.id(), "budget `" + budget.id() + "`", "US$/month", room, more);
        }
    }

    private static boolean hasLicence(SharedLimit licence, Vm vm) {
        return licence.os() != null
                && vm.os() != null
                && licence.os().equals(vm.os().family());
    }

    /** Processors that leave what is paid anyway, less those that come: only as many as are used beyond the commitment. */
    private void takeOfCommitment(SharedLimit commitment, Vm vm, Target target) {
        Capacity paid = commitment.capacity();
        boolean leaves = commitment.covers(vm);
        boolean comes = commitment.covers(target);
        if (Double.isNaN(paid.vcpu()) || !leaves && !comes) {
            return;
        }
        double beyond = Math.max(0, committed.getOrDefault(commitment.id(), 0.0) - paid.vcpu());
        double less = (leaves ? known(vm.capacity().vcpu()) : 0)
                - (comes ? known(target.capacity().vcpu()) : 0);
        take(commitment.id(), "commitment `" + commitment.id() + "`", "vCPU", beyond, less);
    }

    private void takeCount(SharedLimit limit, String unit) {
        if (!Double.isNaN(limit.count())) {
            String kind = limit.kind() == SharedLimit.Kind.POOL ? "pool" : "licence";
            take(limit.id() + "/count", kind + " `" + limit.id() + "`", unit, limit.count(), 1);
        }
    }

    private void take(String key, String name, String unit, double limit, double amount) {
        if (amount != 0) {
            int place = places.computeIfAbsent(key, k -> {
                rows.add(new Row(name, unit, limit));
                return rows.size() - 1;
            });
            taken.add(place);
            amounts.add(amount);
        }
    }

    private static double known(double amount) {
        return Double.isNaN(amount) ? 0 : amount;
    }
}
