package io.regrade.policy.analysis;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is always true of the facts of one machine, whatever the rules say. */
final class FactLaws {

    private static final List<String> RISING = List.of("p50", "p90", "p95", "p99", "p995", "max");
    private static final Map<String, String> CAPACITY = Map.of(
            "Vm.capacity.vcpu", "Demand[Resource.CPU].have",
            "Vm.capacity.memoryGib", "Demand[Resource.MEMORY].have",
            "Vm.capacity.storageGib", "Demand[Resource.STORAGE].have",
            "Vm.capacity.diskMbps", "Demand[Resource.DISK_THROUGHPUT].have",
            "Vm.capacity.diskIops", "Demand[Resource.DISK_IOPS].have",
            "Vm.capacity.networkGbps", "Demand[Resource.NETWORK].have",
            "Vm.capacity.gpu", "Demand[Resource.GPU].have");
    private static final Set<String> SHARES = Set.of("coverage", "minAvailability");
    private static final Set<String> NEVER_NEGATIVE = Set.of(
            "have",
            "required",
            "mean",
            "samples",
            "rank",
            "members",
            "saturatedHoursMonth",
            "maxSaturatedHoursMonth",
            "maxPriceUsdMonth",
            "risk",
            "groupPeak",
            "coveredDays");

    private FactLaws() {}

    /** The one name of an amount that has several. */
    static String sameAs(String name) {
        return CAPACITY.getOrDefault(name, name);
    }

    /** Whether an amount follows from others in a way that is told elsewhere, or not at all. */
    static boolean isDerived(String name) {
        return name.endsWith(".spareShare")
                || name.endsWith(".shareAfterLoss")
                || name.endsWith(".coveredDays")
                || name.endsWith(".windowDays");
    }

    /** Adds what is always true of the variables that are there. */
    static void add(LinearSystem system, Set<String> variables) {
        for (String variable : variables) {
            String field = variable.substring(variable.lastIndexOf('.') + 1);
            Linear amount = Linear.of(variable);
            if (NEVER_NEGATIVE.contains(field) || SHARES.contains(field) || RISING.contains(field)) {
                system.add(amount, ">=", Linear.of(0));
            }
            if (SHARES.contains(field)) {
                system.add(amount, "<=", Linear.of(1));
            }
            if (field.equals("risk")) {
                system.add(amount, "<=", Linear.of(4));
            }
            int place = RISING.indexOf(field);
            for (int higher = place + 1; place >= 0 && higher < RISING.size(); higher++) {
                String other = variable.substring(0, variable.length() - field.length()) + RISING.get(higher);
                if (variables.contains(other)) {
                    system.add(amount, "<=", Linear.of(other));
                }
            }
        }
    }

    /**
     * What a comparison of {@code spareShare} says of the amounts it is made of, added to a system: {@code spareShare > s}
     * is {@code have - required > s * have}, of something that the machine has.
     *
     * @return whether it was one, with a number on its other side
     */
    static boolean addSpareShare(LinearSystem system, Atom atom) {
        String name = atom.left().text();
        if (!name.endsWith(".spareShare")
                || !atom.right().linear().isConstant()
                || atom.right().isSymbol()) {
            return false;
        }
        String demand = name.substring(0, name.length() - ".spareShare".length());
        Linear have = Linear.of(demand + ".have");
        Linear spare = have.plus(Linear.of(demand + ".required"), -1);
        system.add(have, ">", Linear.of(0));
        system.add(spare, atom.operator(), have.times(atom.right().linear().constant()));
        return true;
    }
}
