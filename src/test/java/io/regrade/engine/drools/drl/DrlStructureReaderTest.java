package io.regrade.engine.drools.drl;

import static io.regrade.policy.Policies.TABLE;
import static io.regrade.policy.Policies.drl;
import static io.regrade.policy.Policies.rule;
import static io.regrade.policy.Policies.small;
import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.policy.Policies;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyReader;
import io.regrade.policy.RuleSource;
import io.regrade.policy.structure.Condition;
import io.regrade.policy.structure.Expr;
import io.regrade.policy.structure.Place;
import io.regrade.policy.structure.PolicyStructure;
import io.regrade.policy.structure.RuleStructure;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DrlStructureReaderTest {

    private static final PolicyBundle STANDARD = PolicyReader.read(Policies.STANDARD);
    private static final PolicyStructure STRUCTURE = new DrlStructureReader().read(STANDARD);

    @Test
    void standardPolicy_isReadWholeAndInOrder() {
        assertThat(STRUCTURE.problems()).isEmpty();
        assertThat(STRUCTURE.rules())
                .allMatch(RuleStructure::isWhole)
                .extracting(RuleStructure::id, RuleStructure::name, RuleStructure::owner, RuleStructure::phase)
                .containsExactlyElementsOf(STANDARD.rules().stream()
                        .map(rule ->
                                org.assertj.core.groups.Tuple.tuple(rule.id(), rule.name(), rule.owner(), rule.phase()))
                        .toList());
        assertThat(STRUCTURE.rules())
                .extracting(RuleStructure::place)
                .extracting(Place::line)
                .containsExactlyElementsOf(
                        STANDARD.rules().stream().map(RuleSource::line).toList());
        assertThat(STRUCTURE.rules())
                .extracting(RuleStructure::why)
                .containsExactlyElementsOf(
                        STANDARD.rules().stream().map(RuleSource::why).toList());
    }

    @Test
    void everyExpression_standsWhereItSays() {
        List<Expr> expressions = STRUCTURE.rules().stream()
                .filter(rule -> !rule.isTableRow())
                .flatMap(DrlStructureReaderTest::expressions)
                .flatMap(Expr::all)
                .toList();
        assertThat(expressions).hasSizeGreaterThan(900);
        assertThat(expressions).filteredOn(Expr.Other.class::isInstance).isEmpty();
        for (Expr expr : expressions) {
            if (expr instanceof Expr.Name name) {
                assertThat(written(expr.place())).isEqualTo(name.name());
            } else if (expr instanceof Expr.Member member) {
                assertThat(written(expr.place())).isEqualTo(member.name());
            } else if (expr instanceof Expr.Call call) {
                assertThat(written(expr.place())).isEqualTo(call.name());
            } else if (expr instanceof Expr.Text text) {
                assertThat(written(expr.place())).isEqualTo("\"" + text.value() + "\"");
            } else if (expr instanceof Expr.Number number) {
                assertThat(written(expr.place())).isEqualTo(number.written());
            } else if (expr instanceof Expr.Binary binary) {
                assertThat(written(binary.at())).isEqualTo(binary.operator());
            }
        }
    }

    private static Stream<Expr> expressions(RuleStructure rule) {
        Stream<Expr> conditions = rule.allConditions()
                .flatMap(condition -> condition instanceof Condition.Pattern pattern
                        ? Stream.of(
                                        pattern.constraints().stream(),
                                        pattern.bindings().stream().map(Condition.Binding::value),
                                        pattern.from().stream())
                                .flatMap(one -> one)
                        : condition instanceof Condition.Test test ? Stream.of(test.expression()) : Stream.of());
        return Stream.concat(conditions, rule.conclusions().stream().map(RuleStructure.Conclusion::statement));
    }

    /** What stands in the file there, its line and column agreeing with its offset. */
    private static String written(Place place) {
        String text = STANDARD.files().get(place.file());
        String before = text.substring(0, place.offset());
        assertThat(place.line()).isEqualTo(before.split("\n", -1).length);
        assertThat(place.column()).isEqualTo(place.offset() - before.lastIndexOf('\n'));
        return text.substring(place.offset(), place.offset() + place.length());
    }

    @Test
    void rule_isReadAsData() {
        RuleStructure rule = only("""
                  $d : Demand(resource == Resource.CPU || == Resource.GPU, required > have, $r : resource)
                  Limit($h : value, name == "headroom")
                  not (Usage(resource == $r, p99 > 3 && < 8) and Veto())
                  $f : String() from $d.x
                  eval(!$d.known($r))
                """, "insert(Need.upgrade($d));\n  int i = 2;");
        assertThat(rule.parameterVariables()).containsExactly(java.util.Map.entry("$h", "headroom"));
        assertThat(rule.patterns().map(Condition.Pattern::fact))
                .containsExactly("Demand", "Limit", "Usage", "Veto", "String");
        Condition.Pattern demand = rule.patterns().findFirst().orElseThrow();
        assertThat(demand.variable()).isEqualTo("$d");
        assertThat(demand.constraints())
                .extracting(Expr::text)
                .containsExactly("resource == Resource.CPU || resource == Resource.GPU", "required > have");
        assertThat(demand.bindings()).extracting(Condition.Binding::variable).containsExactly("$r");
        assertThat(rule.conditions().get(2)).isInstanceOfSatisfying(Condition.Group.class, not -> {
            assertThat(not.kind()).isEqualTo(Condition.Kind.NOT);
            assertThat(not.all()).hasSize(4);
        });
        assertThat(((Condition.Pattern) rule.conditions().get(3)).from())
                .extracting(Expr::text)
                .containsExactly("$d.x");
        assertThat(((Condition.Test) rule.conditions().get(4)).expression().text())
                .isEqualTo("!$d.known($r)");
        assertThat(rule.conclusions()).hasSize(2);
        assertThat(rule.conclusions().get(0).insertedFact()).isEqualTo("Need");
        assertThat(rule.conclusions().get(1).inserted()).isEmpty();
    }

    @Test
    void brokenRule_hidesNoOther() {
        String broken = rule("broken", "Demand(resource == , have > ", "insert(\"x\");");
        PolicyStructure read = structure("needs/a.drl", drl("needs", broken, rule("good", "Vm()", "insert(\"x\");")));
        assertThat(read.rules())
                .extracting(RuleStructure::id, RuleStructure::isWhole)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("keep-all", true),
                        org.assertj.core.groups.Tuple.tuple("broken", false),
                        org.assertj.core.groups.Tuple.tuple("good", true));
        assertThat(read.problems()).hasSize(1).first().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(12);
            assertThat(problem.column()).isEqualTo(9);
        });
    }

    @Test
    void rulesWithoutEnd_hideNoOtherAndNothingOfThemselves() {
        String first = rule("one", "Vm()", "insert(\"x\");").replace("\nend\n", "\n");
        String last = rule("three", "Vm()", "insert(\"y\");").replace("\nend\n", "\n");
        String text = drl("needs", first, rule("two", "Vm()", "// end"), last);
        PolicyStructure read = structure("needs/a.drl", text);
        List<RuleStructure> rules = read.rules().stream()
                .filter(rule -> rule.place().file().equals("needs/a.drl"))
                .toList();
        assertThat(rules).allMatch(RuleStructure::isWhole);
        assertThat(rules)
                .extracting(
                        RuleStructure::id,
                        rule -> rule.place().line(),
                        rule -> rule.place().column())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("one", 7, 1),
                        org.assertj.core.groups.Tuple.tuple("two", 16, 1),
                        org.assertj.core.groups.Tuple.tuple("three", 26, 1));
        assertThat(rules)
                .allMatch(rule ->
                        text.startsWith("rule \"Rule " + rule.id(), rule.place().offset()));
        assertThat(read.problems())
                .extracting(Object::toString)
                .containsExactly(
                        "needs/a.drl:14:15: rule `Rule one` has no `end` after this [syntax]",
                        "needs/a.drl:33:15: rule `Rule three` has no `end` after this [syntax]");
    }

    @Test
    void tableRow_isARuleInItsRow() {
        RuleStructure row = structure("t.drl.csv", TABLE).rules().get(1);
        assertThat(row.id()).isEqualTo("data-pci");
        assertThat(row.place()).isEqualTo(new Place("t.drl.csv", 10, 0, -1, 0));
        assertThat(row.patterns().flatMap(pattern -> pattern.constraints().stream()))
                .extracting(Expr::text)
                .containsExactly("tag(\"data\") == \"pci\"");
        assertThat(row.conclusions().get(0).insertedFact()).isEqualTo("Requirement");
    }

    private static RuleStructure only(String conditions, String conclusions) {
        return structure("needs/a.drl", drl("needs", rule("one", conditions.strip(), conclusions)))
                .rule("one")
                .orElseThrow();
    }

    private static PolicyStructure structure(String... files) {
        return new DrlStructureReader().read(PolicyReader.of(small(files)));
    }
}
