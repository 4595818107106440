package io.regrade.policytest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Pricing;
import io.regrade.policy.Diagnostic;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one test file into its cases, or says everything that is wrong with it. */
final class SuiteReader {

    private final TestProblems problems;
    private final ExpectReader expectations;
    private final Fixtures vms;
    private final Fixtures targets;
    private String suite = "";
    private @Nullable Instant at;
    private Pricing pricing = Pricing.HOURLY;

    private SuiteReader(TestProblems problems, List<String> ruleIds) {
        this.problems = problems;
        this.expectations = new ExpectReader(problems, ruleIds);
        this.vms = new Fixtures(problems, "vms", Vocabulary.VM);
        this.targets = new Fixtures(problems, "targets", Vocabulary.TARGET);
    }

    /**
     * The cases of a file; those that something is wrong with are reported and left out.
     *
     * @param file the file's name, relative to the policy's directory
     * @param text what it says
     * @param ruleIds the ids of the policy's rules
     * @param found what is wrong is added to these
     */
    static List<TestCase> read(String file, String text, List<String> ruleIds, List<Diagnostic> found) {
        TestProblems problems = new TestProblems(file);
        ObjectNode root = YamlFile.read(file, text, problems.lines, problems.found);
        List<TestCase> cases = root == null ? List.of() : new SuiteReader(problems, ruleIds).suite(root);
        found.addAll(problems.found);
        return cases;
    }

    private List<TestCase> suite(ObjectNode root) {
        problems.checkNames(root, Vocabulary.SUITE, "a test file");
        suite = problems.required(root, "name", "the file");
        at = at(root);
        ObjectNode rates = problems.object(root, "pricing");
        if (rates != null) {
            pricing = PricingReader.read(rates, problems);
        }
        ObjectNode machines = problems.object(root, "vms");
        if (machines != null) {
            machines.properties().forEach(one -> fixture(vms, machines, one.getKey(), one.getValue()));
        }
        for (JsonNode one : problems.list(root, "targets")) {
            if (one instanceof ObjectNode target) {
                String id = problems.required(target, "id", "the target");
                targets.add(id, target, problems.lines.of(target));
            } else {
                problems.add("bad-test", problems.lines.of(root, "targets"), "each target is expected to have an `id`");
            }
        }
        List<TestCase> cases = new ArrayList<>();
        Set<String> names = new HashSet<>();
        if (problems.list(root, "cases").isEmpty()) {
            problems.add("bad-test", problems.lines.of(root, "cases"), "the file has no `cases`");
        }
        for (JsonNode one : new CaseRows(problems).all(problems.list(root, "cases"))) {
            TestCase read = one instanceof ObjectNode fields ? testCase(fields) : null;
            if (!one.isObject()) {
                problems.add(
                        "bad-test", problems.lines.of(root, "cases"), "each case has `name`, `given` and `expect`");
            } else if (read != null && !names.add(read.name())) {
                problems.add("bad-test", read.line(), "there is another case `" + read.name() + "`");
            }
            if (read != null) {
                cases.add(read);
            }
        }
        return cases;
    }

    private void fixture(Fixtures fixtures, ObjectNode parent, String name, JsonNode value) {
        int line = problems.lines.of(parent, name);
        if (value instanceof ObjectNode fields) {
            fixtures.add(name, fields, line);
        } else {
            problems.add("bad-test", line, "`" + name + "` is expected to have named entries. Maybe `vcpu: 4`");
        }
    }

    private @Nullable Instant at(ObjectNode fields) {
        JsonNode node = fields.path("at");
        if (node.isMissingNode()) {
            return at;
        }
        try {
            return Instant.parse(node.asText());
        } catch (DateTimeException e) {
            problems.add(
                    "bad-test",
                    problems.lines.of(fields, "at"),
                    "`at` is `" + node.asText() + "`, which is not a moment in UTC. Maybe `2026-06-01T00:00:00Z`");
            return null;
        }
    }

    private @Nullable TestCase testCase(ObjectNode fields) {
        int before = problems.found.size();
        problems.checkNames(fields, Vocabulary.CASE, "a case");
        int line = problems.lines.of(fields);
        String name = problems.required(fields, "name", "the case");
        ObjectNode given = problems.object(fields, "given");
        if (given == null) {
            problems.add("bad-test", line, "the case has no `given`");
            return null;
        }
        problems.checkNames(given, Vocabulary.GIVEN, "`given`");
        Instant moment = at(given);
        if (moment == null) {
            problems.add(
                    "bad-test", line, "the time is not given. Maybe `at: 2026-06-01T00:00:00Z` at the top of the file");
            return null;
        }
        ObjectNode rates = problems.object(given, "pricing");
        Pricing model = rates == null ? pricing : PricingReader.read(rates, problems);
        GivenReader.Given facts = new GivenReader(problems, vms, targets).read(given, moment);
        List<Expectation> expected = facts == null
                ? List.of()
                : expectations(
                        fields, facts.vms().stream().map(vm -> vm.vm().id()).toList());
        if (facts == null || problems.found.size() > before) {
            return null;
        }
        return new TestCase(
                suite,
                name,
                problems.file,
                line,
                new EvaluationTime(moment),
                facts.vms(),
                facts.targets(),
                model,
                expected);
    }

    private List<Expectation> expectations(ObjectNode fields, List<String> ids) {
        JsonNode expect = fields.path("expect");
        Map<String, Expectation> expected = new LinkedHashMap<>();
        if (expect instanceof ObjectNode one) {
            add(one, ids, expected);
        } else if (expect.isArray()) {
            for (JsonNode each : problems.list(fields, "expect")) {
                if (each instanceof ObjectNode one) {
                    add(one, ids, expected);
                }
            }
        }
        if (expected.isEmpty() && expect.isEmpty()) {
            problems.add("bad-test", problems.lines.of(fields, "expect"), "the case has no `expect`");
        }
        return List.copyOf(expected.values());
    }

    private void add(ObjectNode fields, List<String> ids, Map<String, Expectation> expected) {
        int line = problems.lines.of(fields);
        String vm = fields.path("vm").asText(ids.size() == 1 ? ids.get(0) : "");
        if (vm.isEmpty()) {
            problems.add("bad-test", line, "there are several machines. Maybe begin with `vm: " + ids.get(0) + "`");
            return;
        }
        problems.checkWord("bad-test", line, "a machine of this case", vm, ids);
        if (expected.putIfAbsent(vm, expectations.read(fields, vm)) != null) {
            problems.add("bad-test", line, "`" + vm + "` is there twice");
        }
    }
}
