package io.regrade.pipeline;

import io.regrade.policy.PolicyBundle;
import io.regrade.policy.structure.Place;
import io.regrade.policy.structure.PolicyStructure;
import io.regrade.policy.structure.RuleStructure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The same policy with the rules of each file in the opposite order: it should decide the same. */
final class ReversedRules {

    private ReversedRules() {}

    static PolicyBundle of(PolicyBundle policy, PolicyStructure structure) {
        SortedMap<String, String> files = new TreeMap<>();
        policy.files().forEach((file, text) -> files.put(file, reversed(file, text, structure)));
        return new PolicyBundle(
                policy.name(),
                policy.description(),
                policy.digest().replaceFirst(".{16}$", "0000000000000000"), // compiled and kept apart from the policy
                files,
                policy.rules(),
                policy.tests(),
                policy.parameters(),
                policy.written(),
                policy.limits());
    }

    private static String reversed(String file, String text, PolicyStructure structure) {
        List<Integer> starts = structure.rules().stream()
                .map(RuleStructure::place)
                .filter(place -> place.file().equals(file))
                .map(Place::offset)
                .sorted()
                .toList();
        if (starts.isEmpty() || starts.get(0) < 0) {
            return text;
        }
        List<String> rules = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            rules.add(text.substring(starts.get(i), i + 1 < starts.size() ? starts.get(i + 1) : text.length()));
        }
        Collections.reverse(rules);
        return text.substring(0, starts.get(0)) + String.join("\n", rules);
    }
}
