package io.regrade.pipeline;

import io.regrade.fact.VmFacts;
import io.regrade.intake.inventory.Groups;
import io.regrade.ledger.InventorySnapshot;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the groups of machines carry, of which some members are given and others held. */
public final class HeldGroups {

    private HeldGroups() {}

    /** Completes each machine with what its group carries: the members that are given, and those that are held. */
    public static List<VmFacts> complete(List<VmFacts> machines, InventorySnapshot state) {
        Map<String, VmFacts> all = new LinkedHashMap<>();
        Set<String> groups = new HashSet<>();
        for (VmFacts facts : machines) {
            all.put(facts.vm().id(), facts);
            if (facts.vm().group() != null) {
                groups.add(facts.vm().group());
            }
        }
        if (groups.isEmpty()) {
            return machines;
        }
        for (String group : groups) {
            state.group(group).forEach(member -> all.putIfAbsent(member.vm().id(), member));
        }
        Map<String, VmFacts> complete = new LinkedHashMap<>();
        Groups.complete(List.copyOf(all.values()))
                .forEach(facts -> complete.put(facts.vm().id(), facts));
        return machines.stream()
                .map(facts -> complete.getOrDefault(facts.vm().id(), facts))
                .toList();
    }
}
