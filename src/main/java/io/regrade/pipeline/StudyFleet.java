package io.regrade.pipeline;

import io.regrade.catalog.Catalog;
import io.regrade.decision.Decision;
import io.regrade.decision.Firing;
import io.regrade.engine.RuleCompiler;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Need;
import io.regrade.fact.Pricing;
import io.regrade.fact.VmFacts;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.structure.Place;
import io.regrade.policy.structure.PolicyStructure;
import io.regrade.policy.structure.RuleStructure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What only an evaluation tells of a rule set: machines for which it contradicts itself, of which it says nothing, and whose
 * decision depends on the order of their facts. Machines are studied on all cores.
 */
public final class StudyFleet {

    private final PolicyStructure structure;
    private final DecideVm decide;
    private final List<DecideVm> others;
    private final EvaluationTime time;

    private StudyFleet(
            ReadyPolicy policy,
            PolicyStructure structure,
            OtherOrders orders,
            Catalog catalog,
            Pricing pricing,
            EvaluationTime time) {
        this.structure = structure;
        this.decide = new DecideVm(policy, catalog, pricing);
        this.others = orders.over(catalog, pricing);
        this.time = time;
    }

    /**
     * Studies a fleet: one warning for each pair of rules, or kind of gap, with how many machines it is about and the first
     * of them.
     *
     * @param compiler which compiles the policy once more, with the rules of each file in the opposite order
     */
    public static List<Diagnostic> study(
            ReadyPolicy policy,
            RuleCompiler compiler,
            Catalog catalog,
            Pricing pricing,
            List<VmFacts> machines,
            EvaluationTime time) {
        PolicyStructure structure = compiler.structure(policy.bundle());
        try (OtherOrders orders = OtherOrders.of(policy, compiler)) {
            return new StudyFleet(policy, structure, orders, catalog, pricing, time).study(machines);
        }
    }

    private List<Diagnostic> study(List<VmFacts> machines) {
        Map<Seen, List<String>> seen = new TreeMap<>();
        machines.parallelStream()
                .map(this::seen)
                .toList()
                .forEach(all -> all.forEach(one ->
                        seen.computeIfAbsent(one.seen, key -> new ArrayList<>()).add(one.vm)));
        List<Diagnostic> findings = new ArrayList<>();
        seen.forEach((one, vms) -> findings.add(told(one, vms, machines.size())));
        return findings.stream().sorted().toList();
    }

    /** A kind of finding: the same for many machines. */
    private record Seen(String code, String rule, String words) implements Comparable<Seen> {
        @Override
        public int compareTo(Seen other) {
            return (code + " " + rule + " " + words).compareTo(other.code + " " + other.rule + " " + other.words);
        }
    }

    private record SeenAt(Seen seen, String vm) {}

    private List<SeenAt> seen(VmFacts facts) {
        Decision decision = decide.decide(facts, time);
        List<Seen> seen = new ArrayList<>();
        contradictions(decision, seen);
        if (decision.trace().firings().isEmpty()) {
            seen.add(new Seen("gap", "", "no rule fired"));
        } else if (decision.trace().firings().stream()
                .flatMap(firing -> firing.concluded().stream())
                .noneMatch(io.regrade.fact.Choice.class::isInstance)) {
            seen.add(new Seen("gap", "", "no rule chose what to do"));
        }
        for (DecideVm other : others) {
            Decision again = other.decide(facts, time);
            String differs = OtherOrders.difference(decision, again);
            if (!differs.isEmpty()) {
                seen.add(new Seen("order-dependent", OtherOrders.onlyIn(decision, again), differs));
                break;
            }
        }
        return seen.stream().map(one -> new SeenAt(one, facts.vm().id())).toList();
    }

    private static void contradictions(Decision decision, List<Seen> seen) {
        Map<String, String> up = new TreeMap<>();
        Map<String, String> down = new TreeMap<>();
        for (Firing firing : decision.trace().firings()) {
            for (Object fact : firing.concluded()) {
                if (fact instanceof Need need && need.attribute().resource() != null) {
                    (need.direction() == Need.Direction.UPGRADE ? up : down)
                            .putIfAbsent(need.attribute().name(), firing.rule());
                }
            }
        }
        up.forEach((attribute, rule) -> {
            String other = down.get(attribute);
            if (other != null) {
                seen.add(new Seen(
                        "contradicted-machine",
                        other,
                        "rule `" + rule + "` says there is too little of " + attribute + ", rule `" + other
                                + "` too much"));
            }
        });
    }

    private Diagnostic told(Seen one, List<String> vms, int all) {
        Place place = structure.rule(one.rule).map(RuleStructure::place).orElse(new Place("policy.yaml", 0, 0, -1, 0));
        return place.warning(
                one.code,
                one.words + ": " + vms.size() + " of " + all + " machines, such as `"
                        + vms.stream().sorted().findFirst().orElse("") + "`");
    }
}
