package io.regrade.policy.analysis;

import static io.regrade.policy.Policies.drl;
import static io.regrade.policy.Policies.rule;
import static io.regrade.policy.Policies.small;
import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.engine.drools.drl.DrlStructureReader;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.Policies;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyReader;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleSetAnalysisTest {

    private static final String NEED = "insert(Need.upgrade($d));";

    @Test
    void standardPolicy_hasNoFinding() {
        PolicyBundle standard = PolicyReader.read(Policies.STANDARD);
        assertThat(RuleSetAnalysis.of(standard, new DrlStructureReader().read(standard)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "needs | $d : Demand(required > have, required < have) | `required > have` and `required < have` are never true"
                        + " together",
                "needs | $d : Demand(resource == Resource.CPU, resource == Resource.GPU) | are never true together",
                "needs | '$d : Demand()\n  Usage(resource == Resource.CPU, p99 > max)' | `p99 > max` is never true",
                "needs | 'Limit(name == \"headroom\", $h : value)\n  $d : Demand(have > 0)\n  eval(true)\n  Usage(coverage > $h + 1)'"
                        + " | `coverage > $h + 1` is never true",
                "needs | '$d : Demand()\n  Usage(resource == Resource.CPU, max > 3)\n  Usage(resource == Resource.CPU, max < 2)'"
                        + " | are never true together",
                "require | $d : Demand() | there is no `Demand` before phase `needs`",
                "needs | '$d : Demand()\n  Candidate()' | there is no `Candidate` before phase `choose`",
                "needs | '$d : Demand()\n  exists LifeCycle()' | no rule concludes a `LifeCycle`",
                "match | '$d : Demand()\n  Need(direction == Need.Direction.DOWNGRADE)' | no rule concludes a `Need`",
            })
    void whatCannotHappen_isTold(String phase, String conditions, String told) {
        List<Diagnostic> found = findings("never-fires", drl(phase, rule("odd", conditions, NEED)));
        assertThat(found).isNotEmpty().first().satisfies(one -> {
            assertThat(one.message())
                    .startsWith("rule `Rule odd` can never fire: ")
                    .contains(told);
            assertThat(one.line()).isGreaterThan(11);
            assertThat(one.column()).isPositive();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "needs | $d : Demand(required > have, required < have * 2)",
                "needs | $d : Demand(required > have || required < have)",
                "needs | '$d : Demand()\n  not Usage(p99 > max)'",
                "needs | '$d : Demand()\n  Usage(resource == Resource.CPU, max > 3)\n  Usage(resource == Resource.GPU, max < 2)'",
                "needs | '$d : Demand()\n  Usage(max > 3)\n  not Candidate()'",
                "needs | 'Limit(name == \"headroom\", $h : value)\n  $d : Demand(spareShare > $h, spareShare < 0.5)'",
                "choose | '$d : Demand()\n  Need(direction == Need.Direction.UPGRADE)'",
            })
    void whatMayHappen_isNotTold(String phase, String conditions) {
        String upgrade = drl("needs", rule("up", "$d : Demand(have > 1)", NEED));
        assertThat(findings("never-fires", upgrade, drl(phase, rule("fine", conditions, NEED))))
                .isEmpty();
    }

    @Test
    void contradiction_hasAnExampleWithTheParametersOfAnEnvironment() {
        String wrong = drl(
                "needs",
                rule(
                        "up",
                        "Limit(name == \"headroom\", $h : value)\n  $d : Demand(resource == Resource.CPU, have > 0)\n"
                                + "  Usage(resource == Resource.CPU, p99 > $d.have * $h)",
                        NEED),
                rule(
                        "idle",
                        "$vm : Vm()\n  $u : Usage(resource == Resource.CPU, p99 < $vm.capacity.vcpu * 0.5)",
                        "insert(Need.idle($vm, $u));"));
        assertThat(findings("contradicting-rules", wrong)).singleElement().satisfies(one -> {
            assertThat(one.message())
                    .contains(
                            "rule `Rule idle`",
                            "rule `Rule up`",
                            "too much of CPU",
                            "for `default`",
                            "`Usage[Resource.CPU].p99`");
        });
        assertThat(findings("contradicting-rules", wrong.replace("* 0.5", "* 0.2")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exists Need() | not Veto() | exists Need() | exists Veto() | true",
                "'Limit($a : value)\n  exists Need(weight > $a)' | not Veto() | 'Limit($b : value)\n  exists Need(weight > $b)'"
                        + " | 'exists Veto()\n  Usage()' | true",
                "exists Need() | not Veto() | exists Need() | not Veto() | false",
                "exists Need() | not Veto() | exists Need() | exists Benefit() | false",
                "exists Need() | not Veto() | exists Demand() | exists Veto() | false",
                "Need() | not Veto() | Need() | exists Veto() | false",
            })
    void notBesideExists_behindTheSameConditions_isTold(
            String before, String asked, String otherBefore, String otherAsked, boolean told) {
        String one = rule("one", before + "\n  " + asked, "insert(\"x\");");
        String other = rule("other", otherBefore + "\n  " + otherAsked, "insert(\"y\");");
        List<Diagnostic> found = findings("fragile-not", drl("choose", other), drl("choose", one));
        assertThat(found).hasSize(told ? 1 : 0);
        assertThat(found).allSatisfy(diagnostic -> {
            assertThat(diagnostic.file()).isEqualTo("f1.drl");
            assertThat(diagnostic.line()).isEqualTo((int) (12 + before.lines().count()));
            assertThat(diagnostic.message())
                    .startsWith("rule `Rule one` may not fire: it begins as rule `Rule other` at f0.drl:7:1 does");
            assertThat(diagnostic.maybe()).isEqualTo("write this `not` first");
        });
    }

    /** As the standard policy once was: with the rules of that file turned round, `choose-no-target` did not fire. */
    @Test
    void notThatWasPassedOver_isTold() {
        SortedMap<String, String> files = new TreeMap<>(PolicyReader.files(Policies.STANDARD));
        String choose = files.get("choose/choose.drl");
        int rule = choose.indexOf("@id(\"choose-no-target\")");
        String asked = "  not Candidate()\n";
        int at = choose.indexOf(asked, rule);
        String rest = choose.substring(at + asked.length());
        int then = rest.indexOf("  not Instantiation(");
        files.put(
                "choose/choose.drl", choose.substring(0, at) + rest.substring(0, then) + asked + rest.substring(then));
        PolicyBundle turned = PolicyReader.of(files);
        assertThat(RuleSetAnalysis.of(turned, new DrlStructureReader().read(turned)))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.code()).isEqualTo("fragile-not");
                    assertThat(one.message()).contains("stays where no target fits` may not fire");
                });
    }

    @Test
    void rowAndRuleWithoutConclusion_areTold() {
        String table = Policies.TABLE.replace("\"selinux, cards\"", "");
        PolicyBundle policy = PolicyReader.of(
                small("t.drl.csv", table, "needs/a.drl", drl("needs", rule("idle", "Vm()", "// later"))));
        assertThat(RuleSetAnalysis.of(policy, new DrlStructureReader().read(policy)))
                .filteredOn(one -> one.code().equals("concludes-nothing"))
                .extracting(Diagnostic::toString)
                .containsExactly(
                        "needs/a.drl:7:1: warning: rule `Rule idle` concludes nothing: whether it fires changes nothing."
                                + " Maybe `insert(…);` [concludes-nothing]",
                        "t.drl.csv:10: warning: rule `Card data` concludes nothing: whether it fires changes nothing. Maybe"
                                + " fill its cell in an ACTION column [concludes-nothing]");
    }

    @Test
    void shadow_needsTheSameConclusionAndWeakerConditions() {
        String weak = rule("weak", "$d : Demand(resource == Resource.CPU, required > have)", NEED);
        String strong = rule(
                "strong",
                "$x : Demand(required > have, have > 2, resource == Resource.CPU)",
                "insert(Need.upgrade($x));");
        assertThat(findings("shadowed-rule", drl("needs", strong, weak)))
                .singleElement()
                .satisfies(one -> assertThat(one.message()).startsWith("rule `Rule strong` changes nothing"));
        assertThat(findings("shadowed-rule", drl("needs", strong, weak.replace("CPU", "GPU"))))
                .isEmpty();
        assertThat(findings("shadowed-rule", drl("needs", strong, weak.replace("upgrade", "downgrade"))))
                .isEmpty();
        assertThat(findings("shadowed-rule", drl("needs", strong, weak.replace(")\nthen", ")\n  not Veto()\nthen"))))
                .isEmpty();
    }

    private static List<Diagnostic> findings(String code, String... rules) {
        String[] files = new String[rules.length * 2];
        for (int i = 0; i < rules.length; i++) {
            files[2 * i] = "f" + i + ".drl";
            files[2 * i + 1] = rules[i].replaceFirst("package p\\.", "package p" + i + ".");
        }
        PolicyBundle policy = PolicyReader.of(small(files));
        return RuleSetAnalysis.of(policy, new DrlStructureReader().read(policy)).stream()
                .filter(one -> one.code().equals(code))
                .toList();
    }
}
