package io.regrade.policy.analysis;

import io.regrade.policy.Diagnostic;
import io.regrade.policy.structure.Condition;
import io.regrade.policy.structure.Condition.Kind;
import io.regrade.policy.structure.RuleStructure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Rules that Drools 10.2 may pass over: of two that begin with the same conditions, an {@code exists} among them, one goes on
 * with {@code not B()} and the other with {@code exists B()}. Drools keeps what rules begin with in common once, and does
 * not always come to the {@code not} behind it.
 */
final class FragileNots {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\w+");

    /** A group of a rule that stands behind conditions, an {@code exists} among them. */
    private record Behind(RuleStructure rule, Condition.Group group) {}

    private FragileNots() {}

    static void find(List<RuleStructure> rules, List<Diagnostic> findings) {
        Map<String, List<Behind>> nots = behind(rules, Kind.NOT);
        Map<String, List<Behind>> exists = behind(rules, Kind.EXISTS);
        nots.forEach((conditions, same) -> {
            List<Behind> opposites = exists.getOrDefault(conditions, List.of());
            if (!opposites.isEmpty()) {
                RuleStructure other = opposites.get(0).rule;
                same.forEach(one -> findings.add(one.group
                        .place()
                        .warning(
                                "fragile-not",
                                "rule `" + one.rule.name() + "` may not fire: it begins as rule `" + other.name()
                                        + "` at " + other.place() + " does, which goes on with `exists` where this"
                                        + " goes on with `not`. Maybe write this `not` first")));
            }
        });
    }

    /** By the conditions up to it and what it is about, the names of variables left out. */
    private static Map<String, List<Behind>> behind(List<RuleStructure> rules, Kind kind) {
        Map<String, List<Behind>> found = new HashMap<>();
        for (RuleStructure rule : rules) {
            StringBuilder before = new StringBuilder();
            boolean afterExists = false;
            for (Condition condition : rule.conditions()) {
                if (afterExists && condition instanceof Condition.Group group && group.kind() == kind) {
                    found.computeIfAbsent(unnamed(before + " ? " + texts(group.conditions())), key -> new ArrayList<>())
                            .add(new Behind(rule, group));
                }
                afterExists |= condition instanceof Condition.Group group && group.kind() == Kind.EXISTS;
                before.append(text(condition)).append('\n');
            }
        }
        return found;
    }

    private static String text(Condition condition) {
        if (condition instanceof Condition.Pattern pattern) {
            return pattern.variable() + ":" + pattern.fact()
                    + pattern.constraints().stream().map(one -> one.text()).toList()
                    + pattern.bindings().stream()
                            .map(one -> one.variable() + ":" + one.value().text())
                            .toList()
                    + pattern.from().stream().map(one -> one.text()).toList();
        }
        if (condition instanceof Condition.Group group) {
            return group.kind() + texts(group.conditions());
        }
        if (condition instanceof Condition.Gathered gathered) {
            return gathered.variable() + ":gathered" + texts(gathered.conditions());
        }
        return condition instanceof Condition.Test test
                ? "eval " + test.expression().text()
                : "";
    }

    private static String texts(List<Condition> conditions) {
        return conditions.stream().map(FragileNots::text).collect(Collectors.joining(", ", "(", ")"));
    }

    /** The text with variables numbered as they come: how an author calls them is no difference. */
    private static String unnamed(String text) {
        Map<String, String> numbers = new HashMap<>();
        return VARIABLE.matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(numbers.computeIfAbsent(found.group(), name -> "$" + numbers.size())));
    }
}
