package io.regrade.policytest;

import io.regrade.engine.RuleCompiler;
import io.regrade.fact.Limit;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyException;
import io.regrade.policy.PolicyReader;
import io.regrade.policy.RuleSource;
import io.regrade.policy.structure.PolicyStructure;
import io.regrade.policy.structure.RuleStructure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A policy that is compiled once and has every rule beside all its changed copies. A limit says which one is in force:
 * compiling takes seconds, changing a limit nothing.
 */
final class ChangedPolicy {

    /** The limit that names the copy that is in force by its number; 0 for none. */
    static final String SWITCH = "mutant";

    private final PolicyBundle policy;
    private final PolicyStructure structure;
    private final Map<String, RuleCopy> copies = new HashMap<>();
    private final Map<String, SortedMap<Integer, String>> added = new HashMap<>();
    /** The file of each copy, by its number. */
    private final SortedMap<Integer, String> fileOf = new TreeMap<>();

    private final SortedMap<Integer, String> refused = new TreeMap<>();
    private final Map<String, String> guards = new HashMap<>();
    private final TableRows tables;
    private int number;

    ChangedPolicy(PolicyBundle policy, RuleCompiler compiler) {
        this.policy = policy;
        this.structure = compiler.structure(policy);
        this.tables = new TableRows(policy);
        Map<String, RuleSource> sources = new HashMap<>();
        policy.rules().forEach(rule -> sources.put(rule.id(), rule));
        for (RuleStructure rule : structure.rules()) {
            RuleSource source = sources.get(rule.id());
            if (source != null && !source.isTableRow()) {
                RuleCopy copy = new RuleCopy(rule, source.text().stripTrailing());
                if (copy.isPossible()) {
                    copies.put(rule.id(), copy);
                }
            }
        }
    }

    /** A change of a rule, and the number that puts it in force. */
    record Numbered(Mutant mutant, int number) {}

    /** Adds a copy for each change of a comparison of a rule, and for each change of a value of a row. */
    List<Numbered> addMutants(String only) {
        List<Numbered> mutants = new ArrayList<>();
        for (RuleStructure rule : structure.rules()) {
            RuleCopy copy = copies.get(rule.id());
            if (copy == null || !(only.isEmpty() || only.equals(rule.id()))) {
                continue;
            }
            int first = number + 1;
            Operators.comparisons(rule)
                    .forEach(comparison -> Operators.others(comparison.operator())
                            .forEach(operator -> {
                                number++;
                                TextEdit edit = new TextEdit(
                                        comparison.at().offset(),
                                        comparison.operator().length(),
                                        operator);
                                add(rule, number, copy.changed(" ~" + number, List.of(edit), inForce(number)));
                                mutants.add(new Numbered(
                                        new Mutant(
                                                Mutant.Kind.OPERATOR,
                                                rule.id(),
                                                comparison.at().file(),
                                                comparison.at().line(),
                                                comparison.at().column(),
                                                "rule `" + rule.id() + "`: `" + comparison.text() + "` with `"
                                                        + operator + "`"),
                                        number));
                            }));
            if (number >= first) {
                guards.put(rule.id(), notInForce(first, number));
            }
        }
        number = tables.add(mutants, only, number);
        mutants.forEach(one -> fileOf.put(one.number(), one.mutant().file()));
        return mutants;
    }

    /** Adds a copy for each condition of a rule that asks for its opposite; the numbers of the copies by condition. */
    Map<Conditions.One, Integer> addProbes(RuleStructure rule) {
        Map<Conditions.One, Integer> numbers = new HashMap<>();
        RuleCopy copy = copies.get(rule.id());
        if (copy != null) {
            for (Conditions.One one : conditions(rule)) {
                if (!one.opposite().isEmpty()) {
                    add(rule, ++number, copy.probing("~" + number, one.opposite()));
                    numbers.put(one, number);
                }
            }
        }
        return numbers;
    }

    /** The id under which a probe of a rule is in the trace. */
    static String probeId(RuleStructure rule, int number) {
        return rule.id() + "~" + number;
    }

    /** The conditions of a rule. */
    List<Conditions.One> conditions(RuleStructure rule) {
        return Conditions.of(rule, policy.files().getOrDefault(rule.place().file(), ""));
    }

    PolicyStructure structure() {
        return structure;
    }

    private void add(RuleStructure rule, int number, String text) {
        added.computeIfAbsent(rule.id(), id -> new TreeMap<>()).put(number, text);
        fileOf.put(number, rule.place().file());
    }

    static String inForce(int number) {
        return "Limit(name == \"" + SWITCH + "\", value == " + number + ")";
    }

    private static String notInForce(int from, int to) {
        return "Limit(name == \"" + SWITCH + "\", value < " + from + " || value > " + to + ")";
    }

    /** The limits of an environment with one copy in force. */
    static List<Limit> limits(List<Limit> limits, int inForce) {
        return Stream.concat(limits.stream(), Stream.of(new Limit(SWITCH, inForce, "")))
                .toList();
    }

    /** The copies that do not compile and were left out, by number, each with the reason; known once it is compiled. */
    SortedMap<Integer, String> refused() {
        return Collections.unmodifiableSortedMap(refused);
    }

    /**
     * Compiles all of it, but for copies that do not compile.
     *
     * @throws PolicyException when it does not compile without any copy either
     */
    ReadyPolicy compiled(RuleCompiler compiler) {
        while (true) {
            PolicyBundle changed = changed();
            try {
                return new ReadyPolicy(changed, compiler.compileCopies(changed));
            } catch (PolicyException e) {
                Map<Integer, String> left = new TreeMap<>(fileOf);
                left.keySet().removeAll(refused.keySet());
                if (left.isEmpty()) {
                    throw e;
                }
                refused.putAll(FailedCopies.of(e.diagnostics(), changed.files(), left));
            }
        }
    }

    private PolicyBundle changed() {
        SortedMap<String, String> files = new TreeMap<>(policy.files());
        files.replaceAll((file, text) ->
                file.endsWith(".csv") ? tables.text(file, text, refused.keySet()) : withCopies(file, text));
        List<RuleSource> rules = policy.rules().stream()
                .map(r -> new RuleSource(
                        r.id(),
                        r.name(),
                        r.owner(),
                        r.why(),
                        r.phase(),
                        r.file(),
                        r.line(),
                        r.text() + inForce(0),
                        r.parameters()))
                .toList();
        Map<String, List<Limit>> limits = new HashMap<>();
        policy.limits().forEach((environment, values) -> limits.put(environment, limits(values, 0)));
        return new PolicyBundle(
                policy.name(),
                policy.description(),
                PolicyReader.digest(files),
                files,
                rules,
                policy.tests(),
                policy.parameters(),
                policy.written(),
                limits);
    }

    private String withCopies(String file, String text) {
        List<TextEdit> edits = new ArrayList<>();
        for (RuleSource rule : policy.rules()) {
            RuleCopy copy = copies.get(rule.id());
            if (copy != null && rule.file().equals(file)) {
                int start = structure.rule(rule.id()).orElseThrow().place().offset();
                String own = guards.containsKey(rule.id())
                        ? copy.guarded(guards.get(rule.id()))
                        : rule.text().stripTrailing();
                StringBuilder more = new StringBuilder();
                added.getOrDefault(rule.id(), Collections.emptySortedMap()).forEach((number, one) -> {
                    if (!refused.containsKey(number)) {
                        more.append("\n\n").append(one);
                    }
                });
                edits.add(new TextEdit(start, rule.text().stripTrailing().length(), own + more));
            }
        }
        return TextEdit.apply(text, edits);
    }
}
