package io.regrade.policytest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.Decision;
import io.regrade.decision.DecisionJson;
import io.regrade.decision.Firing;
import io.regrade.fact.Numbers;
import io.regrade.fact.Veto;
import java.util.ArrayList;
import java.util.List;

/** Compares a decision, in its JSON form, with what a case expects of it. */
final class Judge {

    private final TestCase test;
    private final Expectation expected;
    private final ObjectNode expect;
    private final Lines lines;
    private final Decision decision;
    private final ObjectNode actual;
    private final List<Difference> differences = new ArrayList<>();

    private Judge(TestCase test, Expectation expected, Decision decision) {
        this.test = test;
        this.expected = expected;
        this.expect = expected.fields();
        this.lines = expected.lines();
        this.decision = decision;
        this.actual = DecisionJson.decision(decision, DecisionJson.Detail.SUMMARY);
    }

    /** Everything that is not as expected, in the order of the names in {@code docs/policy-tests.md}. */
    static List<Difference> differences(TestCase test, Expectation expected, Decision decision) {
        Judge judge = new Judge(test, expected, decision);
        judge.outcome();
        judge.explanation();
        judge.rules();
        judge.amounts();
        judge.errors();
        judge.vetoes();
        judge.recorded();
        return judge.differences;
    }

    private void differ(String field, String message) {
        differences.add(new Difference(test.file(), lines.of(expect, field), expected.vm(), message));
    }

    private void outcome() {
        if (expect.has("action") && !expect.path("action").equals(actual.path("action"))) {
            differ(
                    "action",
                    "expected action `" + expect.path("action").asText() + "` but was `"
                            + decision.action().key() + "`: " + decision.why());
        }
        if (expect.has("target")) {
            JsonNode id = actual.path("target").path("id");
            String is = id.isMissingNode() ? "none" : id.asText();
            String wanted = expect.path("target").asText("null");
            if (!(wanted.equals("null") ? "none" : wanted).equals(is)) {
                differ("target", "expected target `" + wanted + "` but was `" + is + "`");
            }
        }
        if (expect.has("why") && !decision.why().contains(expect.path("why").asText())) {
            differ("why", "expected why with `" + expect.path("why").asText() + "` but was `" + decision.why() + "`");
        }
        if (expect.path("configuration").isObject()
                && !Match.includes(actual.path("configuration"), expect.path("configuration"))) {
            differ(
                    "configuration",
                    "expected configuration " + Match.show(expect.path("configuration")) + " but was "
                            + Match.show(actual.path("configuration")));
        }
    }

    private void explanation() {
        for (String list : List.of("needs", "benefits", "rejected", "excluded")) {
            for (JsonNode wanted : expect.path(list)) {
                if (!Match.anyIncludes(actual.path(list), wanted)) {
                    differences.add(new Difference(
                            test.file(),
                            lines.of(wanted),
                            expected.vm(),
                            "expected " + list + " with " + Match.show(wanted) + " but was "
                                    + Match.showLike(actual.path(list), wanted)));
                }
            }
        }
        JsonNode without = expect.path("no_needs");
        for (JsonNode need : actual.path("needs")) {
            boolean unwanted =
                    without.isBoolean() ? without.asBoolean() : Match.contains(without, need.path("resource"));
            if (unwanted) {
                differ(
                        "no_needs",
                        "expected no need of " + need.path("resource").asText() + " but was: "
                                + need.path("why").asText());
            }
        }
    }

    /** Also of targets that are not among those that a decision names as rejected. */
    private void vetoes() {
        if (!expect.has("vetoes") && !expect.has("no_vetoes")) {
            return;
        }
        ArrayNode vetoes = expect.arrayNode();
        for (Firing firing : decision.trace().firings()) {
            for (Object one : firing.concluded()) {
                if (one instanceof Veto veto) {
                    ObjectNode fields = vetoes.addObject();
                    fields.put("target", veto.target().id());
                    fields.put("rule", firing.rule());
                    fields.put("why", veto.why());
                    if (!Double.isNaN(veto.shortBy())) {
                        fields.put("short", veto.shortBy());
                        fields.put("unit", veto.unit());
                    }
                }
            }
        }
        for (JsonNode wanted : expect.path("vetoes")) {
            if (!Match.anyIncludes(vetoes, wanted)) {
                differences.add(new Difference(
                        test.file(),
                        lines.of(wanted),
                        expected.vm(),
                        "expected vetoes with " + Match.show(wanted) + " but was " + Match.showLike(vetoes, wanted)));
            }
        }
        JsonNode without = expect.path("no_vetoes");
        for (JsonNode veto : vetoes) {
            if (without.isBoolean() ? without.asBoolean() : Match.contains(without, veto.path("target"))) {
                differ(
                        "no_vetoes",
                        "expected no veto of " + veto.path("target").asText() + " but was: "
                                + veto.path("why").asText());
            }
        }
    }

    /** What the ledger would keep, member by member. */
    private void recorded() {
        if (!expect.path("recorded").isObject()) {
            return;
        }
        ObjectNode entry = RecordedEntry.of(decision);
        ObjectNode wanted = (ObjectNode) expect.path("recorded");
        for (var member : wanted.properties()) {
            ObjectNode one = expect.objectNode();
            one.set(member.getKey(), member.getValue());
            if (!Match.includes(entry, one)) {
                differences.add(new Difference(
                        test.file(),
                        lines.of(wanted, member.getKey()),
                        expected.vm(),
                        "expected recorded " + member.getKey() + " with " + Match.show(member.getValue()) + " but was "
                                + Match.show(entry.path(member.getKey()))));
            }
        }
    }

    private void rules() {
        List<String> fired = decision.trace().rules();
        for (String rule : expected.fired()) {
            if (!fired.contains(rule)) {
                differ("fired", "expected rule `" + rule + "` to fire but fired: " + String.join(", ", fired));
            }
        }
        for (String rule : expected.notFired()) {
            if (fired.contains(rule)) {
                differ("not_fired", "expected rule `" + rule + "` not to fire but it did");
            }
        }
    }

    private void amounts() {
        double saving = decision.savingUsdMonth();
        if (expect.has("saving_at_least")
                && !(saving >= expect.path("saving_at_least").doubleValue())) {
            differ("saving_at_least", off("saving of at least ", "saving_at_least", saving, " USD/month"));
        }
        if (expect.has("saving_at_most")
                && !(saving <= expect.path("saving_at_most").doubleValue())) {
            differ("saving_at_most", off("saving of at most ", "saving_at_most", saving, " USD/month"));
        }
        if (expect.has("risk_at_most")
                && !(decision.risk() <= expect.path("risk_at_most").doubleValue())) {
            differ("risk_at_most", off("risk of at most ", "risk_at_most", decision.risk(), ""));
        }
    }

    private String off(String what, String field, double is, String unit) {
        return "expected " + what + Numbers.show(expect.path(field).doubleValue()) + unit + " but was "
                + Numbers.show(is);
    }

    /** Errors that nobody expects are differences too: a rule that fails must not pass for one that keeps. */
    private void errors() {
        List<String> unexpected = new ArrayList<>(decision.errors());
        for (JsonNode wanted : expect.path("errors")) {
            if (!unexpected.removeIf(error -> error.contains(wanted.asText()))) {
                differ(
                        "errors",
                        "expected an error with `" + wanted.asText() + "` but was: "
                                + (decision.errors().isEmpty() ? "no error" : String.join("; ", decision.errors())));
            }
        }
        for (String error : unexpected) {
            differ("errors", "expected no error but was: " + error);
        }
    }
}
