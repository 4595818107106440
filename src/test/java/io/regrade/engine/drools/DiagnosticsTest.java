package io.regrade.engine.drools;

import static io.regrade.policy.Policies.TABLE;
import static io.regrade.policy.Policies.drl;
import static io.regrade.policy.Policies.rule;
import static io.regrade.policy.Policies.small;
import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.engine.CompiledRules;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.Policies;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyException;
import io.regrade.policy.PolicyReader;
import io.regrade.policy.check.FactTypes;
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
                "'Vm(\n  $d : Demand()' | insert($d); | 22:5: the `(` is never closed in rule `Rule bad` [syntax]",
                "'$d : Demand(have > , required > 1)' | insert($d); | 22:22: unexpected `,` in rule `Rule bad` [syntax]",
                "'$d : Demand(\n    sparShare > 0)' | insert($d); | 23:5: `Demand` has no `sparShare`. Maybe `spareShare`"
                        + " [unknown-field]",
                "$vm : Vm(tog(\"data\") == \"x\") | insert($vm); | 22:12: `Vm` has no `tog`. Maybe `tag` [unknown-field]",
                "$r : Redundancy(alon == true) | insert($r); | 22:19: `Redundancy` has no `alon`. Maybe `alone`"
                        + " [unknown-field]",
                "'Vm()\n  $d : Demnd(spareShare > 0)' | insert(1); | 23:8: there is no fact `Demnd`. Maybe `Demand`"
                        + " [unknown-fact]",
                "Demand(resource == \"cpu\") | insert(1); | 22:22: `resource` is a constant of `Resource`, `\"cpu\"` is a"
                        + " text. Maybe `Resource.CPU` [type-mismatch]",
                "Demand(resource == Resource.CPUS) | insert(1); | 22:31: `Resource` has no `CPUS`. Maybe `CPU`"
                        + " [unknown-constant]",
                "Usage(p99 > \"x\") | insert(1); | 22:15: `p99` is a number, `\"x\"` is a text [type-mismatch]",
                "Usage(p99 > \"3\") | insert(1); | 22:15: `p99` is a number, `\"3\"` is a text. Maybe `3` without quotes"
                        + " [type-mismatch]",
                "Usage(p99 > $limit) | insert(1); | 22:15: `$limit` is not known here. Maybe bind it in a condition"
                        + " [unknown-variable]",
                "$d : Demand() | 'String x = \"a\";\n  insert(Need.downgrad($d));' | 25:15: `Need` has no"
                        + " `downgrad(Demand)`. Maybe `downgrade` [unknown-field]",
                "$d : Demand() | 'String x = \"a\";\n  insert(Ned.downgrade($d));' | 25:10: `Ned` is not known here. Maybe"
                        + " `Need` [unknown-name]",
                "$d : Demand() | insert(Need.downgrade($e)); | 24:25: `$e` is not known here. Maybe bind it in a condition"
                        + " [unknown-variable]",
                "$d : Demand() | insert(Need.downgrade(1)); | 24:15: `Need.downgrade(Demand)` cannot take `(int)`"
                        + " [wrong-arguments]",
                "$d : Demand() | insert($d.have); | 24:13: `have` of `Demand` is asked with brackets here. Maybe `have()`"
                        + " [unknown-field]",
                "$d : Demand() | 'String x = \"a\";\n  insert(Need.downgrade($d);' | 25:27: a `)` is missing [syntax]",
                "$d : Demand() | 'String x = \"a\"\n  insert(Need.downgrade($d));' | 24:14: a `;` is missing [syntax]",
                "$d : Demand() | insrt($d); | 24:3: there is no action `insrt`. Maybe `insert` [unknown-action]",
                "$d : Demand() | int i = \"a\"; insert(i); | 24:11: `String` stands where `int` belongs [type-mismatch]",
            })
    void wrongRule_isToldWithItsPlace(String conditions, String conclusions, String problem) {
        String file = "needs/a.drl";
        List<String> problems = problems(file, drl("needs", GOOD, rule("bad", conditions, conclusions)));
        assertThat(problems).hasSize(1).first().asString().isEqualTo(file + ":" + problem);
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
                        "match/b.drl:12:6: `Vm` has no `nam`. Maybe `name` [unknown-field]",
                        "needs/a.drl:24:15: `Need` has no `downgrad(Demand)`. Maybe `downgrade` [unknown-field]",
                        "needs/a.drl:25:15: `Need` has no `upgrad(Demand)`. Maybe `upgrade` [unknown-field]",
                        "needs/a.drl:35:3: there is no action `insrt`. Maybe `insert` [unknown-action]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tag(\"\"data | tog(\"\"data | t.drl.csv:8:2: cell B8: `Vm` has no `tog`. Maybe `tag`",
                "Requirement.equal | Requirement.equl | t.drl.csv:10:15: cell C10: `Requirement` has no"
                        + " `equl(Attribute, String, String)`. Maybe `equal`",
                "$vm : Vm | $vm : Vn | t.drl.csv:7:2: cell B7: there is no fact `Vn`. Maybe `Vm`",
            })
    void wrongTable_isToldWithEachRow(String right, String wrong, String problem) {
        assertThat(TABLE).contains(right);
        assertThat(problems("t.drl.csv", TABLE.replace(right, wrong)))
                .isNotEmpty()
                .first()
                .asString()
                .startsWith(problem)
                .doesNotContain("io.regrade", "Rule_");
    }

    /** Of a table with a wrong row, the compiler would tell all that is known already, in words of its own. */
    @Test
    void wrongRowsOfATable_areToldOnce() {
        String table = TABLE.replace("Attribute.FEATURE", "Attribute.FEATUR") + "Empty,,,empty,ops,It asks nothing.\n";
        PolicyBundle policy = PolicyReader.of(small("t.drl.csv", table));
        DroolsCompiler compiler = new DroolsCompiler();
        assertThat(compiler.check(policy, compiler.structure(policy)))
                .extracting(Diagnostic::toString)
                .containsExactly(
                        "t.drl.csv:10:15: cell C10: `FEATUR` is no field [unknown-field]",
                        "t.drl.csv:11:24: cell C11: `FEATUR` is no field [unknown-field]");
    }

    @Test
    void rulesWithoutEnd_areTold_andNotGivenToTheCompiler() {
        String open = rule("open", "$d : Demand()", "insert(Need.upgrade($d));").replace("\nend\n", "\n");
        PolicyBundle policy = PolicyReader.reading(small("needs/a.drl", drl("needs", open, GOOD, open)))
                .policy();
        DroolsCompiler compiler = new DroolsCompiler();
        assertThat(compiler.check(policy, compiler.structure(policy)))
                .filteredOn(problem ->
                        problem.code().equals("syntax") || problem.code().equals("does-not-compile"))
                .extracting(Diagnostic::toString)
                .containsExactly(
                        "needs/a.drl:14:28: rule `Rule open` has no `end` after this [syntax]",
                        "needs/a.drl:33:28: rule `Rule open` has no `end` after this [syntax]");
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
    void factsOfTheChecks_areWhatRulesCanImport() {
        assertThat(FactTypes.FACTS).allSatisfy(fact -> {
            assertThat(fact.getPackageName()).isEqualTo("io.regrade.fact");
            assertThat(fact.isRecord()).isTrue();
        });
    }

    private static List<String> problems(String... files) {
        try (CompiledRules rules = new DroolsCompiler().compile(PolicyReader.of(small(files)))) {
            assertThat(rules.size()).isPositive();
            return List.of();
        } catch (PolicyException e) {
            return e.diagnostics().stream()
                    .filter(Diagnostic::isError)
                    .map(Diagnostic::toString)
                    .toList();
        }
    }
}
