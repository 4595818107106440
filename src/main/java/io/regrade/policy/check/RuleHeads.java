package io.regrade.policy.check;

import io.regrade.fact.Suggestion;
import io.regrade.policy.DecisionTable;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.structure.Place;
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
    private final Map<String, String> files;
    private final List<Diagnostic> problems;

    private RuleHeads(Map<String, String> files, List<Diagnostic> problems) {
        this.files = files;
        this.problems = problems;
    }

    /** Checks the heads of rules; the files are for the cells of those that are rows of a table. */
    static void check(List<RuleStructure> rules, Map<String, String> files, List<Diagnostic> problems) {
        RuleHeads heads = new RuleHeads(files, problems);
        rules.forEach(heads::check);
    }

    private void check(RuleStructure rule) {
        requireText(rule, "id", rule.id());
        requireText(rule, "owner", rule.owner());
        requireText(rule, "why", rule.why());
        if (!rule.id().isEmpty() && !ID.matcher(rule.id()).matches()) {
            problems.add(place(rule, "id")
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
            problems.add(place(rule, what)
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
            problems.add(place(rule, what)
                    .error(
                            "duplicate-" + what,
                            "the " + what + " `" + key + "` is taken by the rule at "
                                    + first.place().file() + ":" + first.place().line()));
        }
    }

    /** Where that stands: of a row in its cell, of a rule at its beginning. */
    private Place place(RuleStructure rule, String what) {
        Place place = rule.place();
        return rule.isTableRow()
                ? DecisionTable.headCell(place.file(), files.getOrDefault(place.file(), ""), place.line(), what)
                        .map(cell -> new Place(place.file(), cell.line(), cell.column(), -1, 0))
                        .orElse(place)
                : place;
    }
}
