package io.regrade.policy;

import io.regrade.fact.Limit;
import io.regrade.policy.FileDiff.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How two versions of a policy differ in what they mean: rules by id, parameters by name and environment.
 *
 * @param rules the rules that are in one of them only, or not the same in both, by id
 * @param parameters the values that are not the same in both
 */
public record PolicyDiff(List<RuleChange> rules, List<ParameterChange> parameters) {

    /** Copies the lists. */
    public PolicyDiff {
        rules = List.copyOf(rules);
        parameters = List.copyOf(parameters);
    }

    /**
     * A rule that differs.
     *
     * @param id its id
     * @param name its name in the version that has it, the later one when both have
     * @param change what became of it
     * @param file where it stands in that version
     * @param line its line there, from 1
     */
    public record RuleChange(String id, String name, Change change, String file, int line) {}

    /**
     * A value of a parameter that differs.
     *
     * @param name the parameter
     * @param environment where it holds
     * @param unit its unit
     * @param from its value before, null when there was none
     * @param to its value after, null when there is none
     */
    public record ParameterChange(
            String name,
            String environment,
            String unit,
            @Nullable Double from,
            @Nullable Double to) {}

    /** What differs from one version to the other. */
    public static PolicyDiff between(PolicyBundle from, PolicyBundle to) {
        return new PolicyDiff(rules(from, to), parameters(from, to));
    }

    private static List<RuleChange> rules(PolicyBundle from, PolicyBundle to) {
        Map<String, RuleSource> before = byId(from);
        Map<String, RuleSource> after = byId(to);
        TreeSet<String> ids = new TreeSet<>(before.keySet());
        ids.addAll(after.keySet());
        List<RuleChange> changes = new ArrayList<>();
        for (String id : ids) {
            RuleSource old = before.get(id);
            RuleSource now = after.get(id);
            if (old == null && now != null) {
                changes.add(change(now, Change.ADDED));
            } else if (now == null && old != null) {
                changes.add(change(old, Change.REMOVED));
            } else if (old != null && now != null && !isSame(old, now)) {
                changes.add(change(now, Change.CHANGED));
            }
        }
        return changes;
    }

    /** Where it stands does not matter. */
    private static boolean isSame(RuleSource one, RuleSource other) {
        return one.text().equals(other.text()) && one.phase().equals(other.phase());
    }

    private static RuleChange change(RuleSource rule, Change change) {
        return new RuleChange(rule.id(), rule.name(), change, rule.file(), rule.line());
    }

    private static Map<String, RuleSource> byId(PolicyBundle bundle) {
        Map<String, RuleSource> rules = new LinkedHashMap<>();
        bundle.rules().forEach(rule -> rules.put(rule.id(), rule));
        return rules;
    }

    private static List<ParameterChange> parameters(PolicyBundle from, PolicyBundle to) {
        TreeSet<String> environments = new TreeSet<>(from.limits().keySet());
        environments.addAll(to.limits().keySet());
        List<ParameterChange> changes = new ArrayList<>();
        for (String environment : environments) {
            Map<String, Limit> before = byName(from.limitsFor(environment));
            Map<String, Limit> after = byName(to.limitsFor(environment));
            TreeSet<String> names = new TreeSet<>(before.keySet());
            names.addAll(after.keySet());
            for (String name : names) {
                Limit old = before.get(name);
                Limit now = after.get(name);
                if (old == null || !old.equals(now)) {
                    Limit known = now == null ? old : now;
                    changes.add(new ParameterChange(
                            name,
                            environment,
                            known == null ? "" : known.unit(),
                            old == null ? null : old.value(),
                            now == null ? null : now.value()));
                }
            }
        }
        return changes;
    }

    private static Map<String, Limit> byName(List<Limit> limits) {
        Map<String, Limit> byName = new TreeMap<>();
        limits.forEach(limit -> byName.put(limit.name(), limit));
        return byName;
    }
}
