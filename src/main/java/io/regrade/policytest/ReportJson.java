package io.regrade.policytest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.policy.Diagnostic;
import java.util.List;
import java.util.Locale;

/** A report for programs. */
public final class ReportJson {

    private ReportJson() {}

    /** The report with its cases, what is wrong with the test files, and the coverage of each rule. */
    public static ObjectNode of(TestReport report) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.putObject("policy").put("name", report.policy()).put("digest", report.digest());
        node.put("passed", report.passed());
        node.put("failures", report.failures());
        node.put("covered_share", report.coveredShare());
        ArrayNode problems = node.putArray("problems");
        for (Diagnostic problem : report.problems()) {
            problems.addObject()
                    .put("file", problem.file())
                    .put("line", problem.line())
                    .put("code", problem.code())
                    .put("message", problem.message());
        }
        ArrayNode cases = node.putArray("cases");
        for (CaseResult one : report.cases()) {
            ObjectNode object = cases.addObject();
            object.put("suite", one.suite())
                    .put("name", one.name())
                    .put("file", one.file())
                    .put("line", one.line())
                    .put("passed", one.passed())
                    .put("seconds", one.seconds());
            ArrayNode differences = object.putArray("differences");
            for (Difference difference : one.differences()) {
                differences
                        .addObject()
                        .put("vm", difference.vm())
                        .put("file", difference.file())
                        .put("line", difference.line())
                        .put("message", difference.message());
            }
        }
        ArrayNode coverage = node.putArray("coverage");
        for (RuleCoverage one : report.coverage()) {
            ObjectNode object = coverage.addObject();
            object.put("rule", one.rule().id())
                    .put("name", one.rule().name())
                    .put("file", one.rule().file())
                    .put("line", one.rule().line())
                    .put("cases", one.cases())
                    .put("complete", one.isComplete());
            names(object.putArray("firing"), one.firing());
            names(object.putArray("near_misses"), one.nearMisses());
        }
        if (!report.conditions().isEmpty()) {
            node.put("covered_conditions_share", report.conditionShare());
            ArrayNode conditions = node.putArray("conditions");
            for (ConditionCoverage one : report.conditions()) {
                conditions
                        .addObject()
                        .put("rule", one.rule())
                        .put("condition", one.condition())
                        .put("file", one.file())
                        .put("line", one.line())
                        .put("column", one.column())
                        .put("seen_true", one.seenTrue())
                        .put("seen_false", one.seenFalse());
            }
        }
        if (report.mutation() != null) {
            mutation(report.mutation(), node.putObject("mutation"));
        }
        return node;
    }

    private static void mutation(MutationReport mutation, ObjectNode node) {
        node.put("score", mutation.score());
        node.put("noticed", mutation.noticed().size());
        node.put("seconds", mutation.seconds());
        ArrayNode survivors = node.putArray("survivors");
        mutation.survivors().forEach(one -> mutant(survivors.addObject(), one));
        ArrayNode untried = node.putArray("untried");
        mutation.untried()
                .forEach(one -> mutant(untried.addObject(), one.mutant()).put("reason", one.reason()));
    }

    private static ObjectNode mutant(ObjectNode node, Mutant mutant) {
        return node.put("kind", mutant.kind().name().toLowerCase(Locale.ROOT))
                .put("subject", mutant.subject())
                .put("file", mutant.file())
                .put("line", mutant.line())
                .put("column", mutant.column())
                .put("change", mutant.change());
    }

    private static void names(ArrayNode array, List<CaseResult> cases) {
        cases.forEach(one -> array.add(one.name()));
    }
}
