package io.regrade.intake.inventory;

import io.regrade.fact.Redundancy;
import io.regrade.fact.Resource;
import io.regrade.fact.Usage;
import io.regrade.fact.VmFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up what the members of each group carry. */
public final class Groups {

    private static final List<Resource> SHARED = List.of(Resource.CPU, Resource.NETWORK);

    private Groups() {}

    /** The same machines, each with what its group carries. */
    public static List<VmFacts> complete(List<VmFacts> vms) {
        Map<String, List<VmFacts>> groups = new LinkedHashMap<>();
        for (VmFacts facts : vms) {
            String group = facts.vm().group();
            if (group != null) {
                groups.computeIfAbsent(group, name -> new ArrayList<>()).add(facts);
            }
        }
        // Sums of floating-point numbers depend on their order: the facts of a machine must not depend on who came
        // first.
        groups.values()
                .forEach(members ->
                        members.sort(Comparator.comparing(facts -> facts.vm().id())));
        Map<String, List<Redundancy>> redundancy = new LinkedHashMap<>();
        groups.forEach((group, members) -> redundancy.put(
                group,
                SHARED.stream()
                        .map(resource -> new Redundancy(group, members.size(), resource, peak(members, resource)))
                        .toList()));
        return vms.stream()
                .map(facts -> new VmFacts(
                        facts.vm(),
                        facts.usage(),
                        facts.modules(),
                        facts.sla(),
                        facts.vm().group() == null
                                ? List.of()
                                : redundancy.getOrDefault(facts.vm().group(), List.of())))
                .toList();
    }

    private static double peak(List<VmFacts> members, Resource resource) {
        double sum = 0;
        for (VmFacts member : members) {
            Usage usage = member.usage(resource);
            sum += usage == null ? Double.NaN : usage.p99();
        }
        return sum;
    }
}
