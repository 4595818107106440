package io.regrade.engine.drools;

import io.regrade.policy.PolicyBundle;
import io.regrade.policy.RuleSource;
import io.regrade.policy.gate.Member;
import io.regrade.policy.gate.MethodUses;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which rules the classes and methods that Drools makes of a policy belong to. Immutable. */
final class RuleOrigins {

    /** Drools writes one such method for each rule. */
    private static final Pattern ASSEMBLES = Pattern.compile("^rule_.*\\(\\)Lorg/drools/model/Rule;$");

    private final Map<String, RuleSource> rules;
    private final Map<String, Set<RuleSource>> byClass = new HashMap<>();
    private final Map<String, RuleSource> byMethod = new HashMap<>();

    RuleOrigins(PolicyBundle policy, List<MethodUses> uses) {
        this.rules = policy.rules().stream().collect(Collectors.toMap(RuleSource::name, rule -> rule, (a, b) -> a));
        Map<String, MethodUses> methods = new HashMap<>();
        uses.forEach(one -> methods.put(one.type() + "." + one.method(), one));
        for (MethodUses one : uses) {
            RuleSource rule = assembled(one);
            if (rule != null) {
                byMethod.put(one.type() + "." + one.method(), rule);
                reach(one, rule, methods, new HashSet<>());
            }
        }
    }

    /**
     * The rule that a method puts together, null when it does not. The name of the rule is the first of its texts that is
     * one: what it is tagged with comes later.
     */
    @Nullable
    RuleSource assembled(MethodUses method) {
        if (!ASSEMBLES.matcher(method.method()).matches()) {
            return null;
        }
        return method.texts().stream()
                .map(rules::get)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private void reach(MethodUses from, RuleSource rule, Map<String, MethodUses> methods, Set<String> seen) {
        for (Member used : from.own()) {
            byClass.computeIfAbsent(used.owner(), key -> new LinkedHashSet<>()).add(rule);
            String key = used.owner() + "." + used.name() + used.descriptor();
            MethodUses next = methods.get(key);
            if (next != null && seen.add(key)) {
                byMethod.putIfAbsent(key, rule);
                reach(next, rule, methods, seen);
            }
        }
    }

    /** The rules that a class was made for; none when it serves all of them. */
    List<RuleSource> of(String type) {
        int nested = type.indexOf('$');
        Set<RuleSource> own = byClass.getOrDefault(type, Set.of());
        return own.isEmpty() && nested > 0 ? of(type.substring(0, nested)) : List.copyOf(own);
    }

    /** The rules that a method was made for; none when it serves all of them. */
    List<RuleSource> of(String type, String method) {
        RuleSource rule = byMethod.get(type + "." + method);
        return rule != null ? List.of(rule) : of(type);
    }
}
