package io.regrade.policy.check;

import io.regrade.fact.Suggestion;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.structure.RuleStructure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What stands above the conditions of each rule: its id, owner, reason, phase, and names that no other rule has. */
final class RuleHeads {

    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private final Map<String, RuleStructure> ids = new HashMap<>();
    private final Map<String, RuleStructure> names = new HashMap<>();
    private final List<Diagnostic> problems;

    private RuleHeads(List<Diagnostic> problems) {
        this.problems = problems;
    }

    static void check(List<RuleStructure> rules, List<Diagnostic> problems) {
        RuleHeads heads = new RuleHeads(problems);
        rules.forEach(heads::check);
    }

    private void check(RuleStructure rule) {
        requireText(rule, "id", rule.id());
        requireText(rule, "owner", rule.owner());
        requireText(rule, "why", rule.why());
        if (!rule.id().isEmpty() && !ID.matcher(rule.id()).matches()) {
            problems.add(rule.place()
                    .error("bad-id", "`" + rule.id() + "` is not an id. Maybe lower-case words joined by `-`"));
        }
        unique(ids, rule.id(), "id", rule);
        unique(names, rule.name(), "name", rule);
        if (!Phases.NAMES.contains(rule.phase())) {
            problems.add(rule.place()
                    .error(
                            "bad-phase",
                            (rule.phase().isEmpty()
                                            ? "no agenda-group names the phase of the rule. Maybe "
                                            : "agenda-group `" + rule.phase() + "` is not a phase. Maybe ")
                                    + Suggestion.nearest(rule.phase(), Phases.NAMES)));
        }
    }

    private void requireText(RuleStructure rule, String what, String text) {
        if (text.isBlank()) {
            problems.add(rule.place()
                    .error(
                            "missing-" + what,
                            "rule `" + rule.name() + "` has no `@" + what + "`. Maybe "
                                    + (rule.isTableRow()
                                            ? "fill its cell in a METADATA column `" + what + "(\"$param\")`"
                                            : "add `@" + what + "(\"…\")` under its name")));
        }
    }

    private void unique(Map<String, RuleStructure> seen, String key, String what, RuleStructure rule) {
        RuleStructure first = key.isEmpty() ? null : seen.putIfAbsent(key, rule);
        if (first != null) {
            problems.add(rule.place()
                    .error(
                            "duplicate-" + what,
                            "the " + what + " `" + key + "` is taken by the rule at "
                                    + first.place().file() + ":" + first.place().line()));
        }
    }
}
