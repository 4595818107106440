package io.regrade.policytest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** Reads and checks an {@code expect} of a test file. */
final class ExpectReader {

    private static final Set<String> NUMBERS = Set.of("saving_at_least", "saving_at_most", "risk_at_most");

    private final TestProblems problems;
    private final List<String> ruleIds;

    /** Reads what may name these rules. */
    ExpectReader(TestProblems problems, List<String> ruleIds) {
        this.problems = problems;
        this.ruleIds = ruleIds;
    }

    Expectation read(ObjectNode fields, String vm) {
        problems.checkNames(fields, Vocabulary.EXPECT, "`expect`");
        int line = problems.lines.of(fields);
        if (fields.size() == (fields.has("vm") ? 1 : 0)) {
            problems.add("bad-test", line, "nothing is expected. Maybe `action: keep`");
        }
        word(fields, "action", "an action", Vocabulary.ACTIONS);
        for (String name : NUMBERS) {
            if (fields.has(name) && !fields.path(name).isNumber()) {
                problems.add("bad-test", problems.lines.of(fields, name), "`" + name + "` is expected to be a number");
            }
        }
        ObjectNode configuration = problems.object(fields, "configuration");
        if (configuration != null) {
            problems.checkNames(configuration, Vocabulary.CONFIGURATION, "`configuration`");
        }
        entries(fields, "needs", Vocabulary.NEED);
        if (!fields.path("no_needs").isBoolean()) {
            problems.texts(fields, "no_needs");
        }
        entries(fields, "benefits", Vocabulary.BENEFIT);
        entries(fields, "rejected", Vocabulary.REJECTED);
        entries(fields, "excluded", Vocabulary.EXCLUDED);
        entries(fields, "vetoes", Vocabulary.VETO);
        if (!fields.path("no_vetoes").isBoolean()) {
            problems.texts(fields, "no_vetoes");
        }
        ObjectNode recorded = problems.object(fields, "recorded");
        if (recorded != null) {
            problems.checkNames(recorded, RecordedEntry.NAMES, "`recorded`");
        }
        problems.texts(fields, "errors");
        return new Expectation(vm, line, fields, problems.lines, rules(fields, "fired"), rules(fields, "not_fired"));
    }

    private void entries(ObjectNode fields, String name, List<String> known) {
        for (JsonNode one : problems.list(fields, name)) {
            if (one instanceof ObjectNode entry) {
                problems.checkNames(entry, known, "`" + name + "`");
                word(entry, "direction", "a direction", Vocabulary.DIRECTIONS);
                word(entry, "kind", "a kind of benefit", Vocabulary.KINDS);
                word(entry, "rule", "a rule of this policy", ruleIds);
            } else {
                problems.add(
                        "bad-test",
                        problems.lines.of(fields, name),
                        "each of `" + name + "` is expected to have named entries. Maybe `{" + known.get(0) + ": "
                                + one.asText() + "}`");
            }
        }
    }

    private void word(ObjectNode fields, String name, String what, List<String> known) {
        if (fields.has(name)) {
            String code = name.equals("rule") ? "unknown-rule" : "bad-test";
            problems.checkWord(
                    code,
                    problems.lines.of(fields, name),
                    what,
                    fields.path(name).asText(),
                    known);
        }
    }

    private List<String> rules(ObjectNode fields, String name) {
        List<String> rules = problems.texts(fields, name);
        int i = 0;
        for (String rule : rules) {
            int line = problems.lines.of(fields.path(name), String.valueOf(i++));
            problems.checkWord("unknown-rule", line, "a rule of this policy", rule, ruleIds);
        }
        return rules;
    }
}
