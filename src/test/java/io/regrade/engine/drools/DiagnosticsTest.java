package io.regrade.engine.drools;

import static io.regrade.policy.Policies.TABLE;
import static io.regrade.policy.Policies.drl;
import static io.regrade.policy.Policies.rule;
import static io.regrade.policy.Policies.small;
import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.engine.CompiledRules;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.Policies;
import io.regrade.policy.PolicyException;
import io.regrade.policy.PolicyReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What authors read when their rules do not compile. The first rule of a file is at line 7, `when` at 11. */
class DiagnosticsTest {

    private static final String GOOD = rule("good", "Vm()", "insert(\"x\");");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'Vm(\n  $d : Demand()' | insert($d); | 24: unexpected `then` in rule `Rule bad`. Maybe something before"
                        + " it is not closed, or missing",
                "'$d : Demand(\n    sparShare > 1)' | insert($d); | 23: `Demand` has no `sparShare`. Maybe `spareShare`",
                "$vm : Vm(tog(\"data\") == \"x\") | insert($vm); | 22: `Vm` has no `tog`. Maybe `tag`",
                "$r : Redundancy(alon == true) | insert($r); | 22: `Redundancy` has no `alon`. Maybe `alone`",
                "'Vm()\n  $d : Demnd(spareShare > 1)' | insert($d); | 23: there is no fact `Demnd`. Maybe `Demand`",
                "$d : Demand(resource == \"x\" + foo) | insert($d); | 22: `Demand` has no `foo`. Maybe one of",
                "$d : Demand() | 'String x = \"a\";\n  insert(Need.downgrad($d));' | 25: `Need` has no"
                        + " `downgrad(Demand)`. Maybe `downgrade`",
                "$d : Demand() | 'String x = \"a\";\n  insert(Ned.downgrade($d));' | 25: `Ned` is not known here. Maybe"
                        + " `Need`",
                "$d : Demand() | insert(Need.downgrade($e)); | 24: `$e` is not known here. Maybe bind it in a condition",
                "$d : Demand() | insert(Need.downgrade(1)); | 24: `Need.downgrade(Demand)` cannot take `(int)`",
                "$d : Demand() | 'String x = \"a\";\n  insert(Need.downgrade($d);' | 25: a `)` is missing",
                "$d : Demand() | 'String x = \"a\"\n  insert(Need.downgrade($d));' | 24: ",
                "$d : Demand() | insrt($d); | 24: there is no action `insrt`. Maybe `insert`",
                "$d : Demand() | int i = \"a\"; insert(i); | ",
            })
    void wrongRule_isToldWithItsLine(String conditions, String conclusions, String problem) {
        String file = "needs/a.drl";
        List<String> problems = problems(file, drl("needs", GOOD, rule("bad", conditions, conclusions)));
        assertThat(problems)
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one)
                        .startsWith(file + ":")
                        .endsWith("[does-not-compile]")
                        .doesNotContain(
                                "io.regrade", "Rule_", "Lambda", "java.lang", "org.drools", "javaparser", "Exception"));
        assertThat(problems.get(0)).startsWith(file + ":" + (problem == null ? "" : problem));
        assertThat(problems).hasSize(1);
    }

    @Test
    void severalWrongRules_areToldTogether() {
        List<String> problems = problems(
                "match/b.drl",
                drl("match", rule("b", "Vm(nam == \"x\")", "insert(\"x\");")),
                "needs/a.drl",
                drl(
                        "needs",
                        GOOD,
                        rule("c", "$d : Demand()", "insert(Need.downgrad($d));\n  insert(Need.upgrad($d));"),
                        rule("d", "Vm()", "insrt(\"x\");")));
        assertThat(problems)
                .containsExactly(
                        "match/b.drl:12: `Vm` has no `nam`. Maybe `name` [does-not-compile]",
                        "needs/a.drl:24: `Need` has no `downgrad(Demand)`. Maybe `downgrade` [does-not-compile]",
                        "needs/a.drl:25: `Need` has no `upgrad(Demand)`. Maybe `upgrade` [does-not-compile]",
                        "needs/a.drl:35: there is no action `insrt`. Maybe `insert` [does-not-compile]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tag(\"\"data | tog(\"\"data | t.drl.csv:8: `Vm` has no `tog`. Maybe `tag`",
                "Requirement.equal | Requirement.equl | t.drl.csv:8: `Requirement` has no"
                        + " `equl(Attribute, String, String)`. Maybe `equal`",
                "$vm : Vm | $vm : Vn | t.drl.csv:7: there is no fact `Vn`. Maybe `Vm`",
            })
    void wrongTable_isToldWithTheLineOfItsCodeOrRow(String right, String wrong, String problem) {
        assertThat(TABLE).contains(right);
        assertThat(problems("t.drl.csv", TABLE.replace(right, wrong)))
                .isNotEmpty()
                .first()
                .asString()
                .startsWith(problem)
                .doesNotContain("io.regrade", "Rule_");
    }

    @Test
    void rightPolicy_hasNoProblem() {
        assertThat(problems("needs/a.drl", drl("needs", GOOD), "t.drl.csv", TABLE))
                .isEmpty();
        try (CompiledRules rules = new DroolsCompiler().compile(PolicyReader.read(Policies.STANDARD))) {
            assertThat(rules.size())
                    .isEqualTo(PolicyReader.read(Policies.STANDARD).rules().size());
        }
    }

    @Test
    void factsOfTheWording_areWhatRulesCanImport() {
        assertThat(Wording.FACTS).allSatisfy(fact -> {
            assertThat(fact.getPackageName()).isEqualTo("io.regrade.fact");
            assertThat(fact.isRecord()).isTrue();
        });
    }

    private static List<String> problems(String... files) {
        try (CompiledRules rules = new DroolsCompiler().compile(PolicyReader.of(small(files)))) {
            assertThat(rules.size()).isPositive();
            return List.of();
        } catch (PolicyException e) {
            return e.diagnostics().stream().map(Diagnostic::toString).toList();
        }
    }
}
