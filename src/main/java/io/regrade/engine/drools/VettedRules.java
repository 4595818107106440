package io.regrade.engine.drools;

import io.regrade.policy.PolicyBundle;
import io.regrade.policy.structure.PolicyStructure;
import io.regrade.policy.structure.RuleStructure;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules that this compiler has compiled before, by their text and what stands above all rules of their file: a rule
 * compiles by itself, so a check compiles only those that are new. A decision table counts as one. Thread-safe.
 */
final class VettedRules {

    private static final int KEPT = 20_000;

    private final Set<String> texts = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > KEPT;
        }
    }));

    /** The rules that are not known to compile. */
    Set<RuleStructure> unknown(PolicyBundle policy, PolicyStructure structure) {
        Set<RuleStructure> unknown = new HashSet<>();
        for (RuleStructure rule : structure.rules()) {
            if (!texts.contains(text(policy, structure, rule))) {
                unknown.add(rule);
            }
        }
        return unknown;
    }

    /** Remembers that these compile. */
    void add(PolicyBundle policy, PolicyStructure structure, Iterable<RuleStructure> rules) {
        rules.forEach(rule -> texts.add(text(policy, structure, rule)));
    }

    private static String text(PolicyBundle policy, PolicyStructure structure, RuleStructure rule) {
        String file = policy.files().getOrDefault(rule.place().file(), "");
        if (rule.place().offset() < 0) {
            return file;
        }
        List<RuleStructure> rules = structure.rules().stream()
                .filter(other -> other.place().file().equals(rule.place().file()))
                .toList();
        int head =
                rules.stream().mapToInt(other -> other.place().offset()).min().orElse(0);
        return file.substring(0, head)
                + file.substring(rule.place().offset(), Remainder.end(structure, rule.place(), file.length()));
    }
}
