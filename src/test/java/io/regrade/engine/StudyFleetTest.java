package io.regrade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.catalog.Catalog;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.fact.VmFacts;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.pipeline.StudyFleet;
import io.regrade.policy.Diagnostic;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is found by evaluating: each kind is provoked by a small policy, and the standard one has none. */
class StudyFleetTest {

    private static final VariedVms VARIED = new VariedVms(7);
    private static final List<VmFacts> MACHINES = VARIED.machines(120);

    @Test
    void standardPolicy_hasNoFinding() {
        assertThat(study(Policies.compiledStandard())).isEmpty();
    }

    @Test
    void contradiction_namesBothRulesAndAMachine() {
        try (ReadyPolicy policy = Policies.small(
                "needs",
                "stay|Vm()|insert(Choice.keep(\"x\"));",
                "up|$d : Demand(resource == Resource.CPU, have > 0)|insert(Need.upgrade($d));",
                "down|$d : Demand(resource == Resource.CPU, have > 0)|insert(Need.downgrade($d));")) {
            assertThat(study(policy))
                    .filteredOn(one -> one.code().equals("contradicted-machine"))
                    .singleElement()
                    .satisfies(one -> {
                        assertThat(one.message()).contains("rule `up`", "rule `down`", "of 120 machines, such as `");
                        assertThat(one.file()).isEqualTo("rules.drl");
                        assertThat(one.line()).isPositive();
                    });
        }
    }

    @Test
    void machinesThatNoRuleDecides_areAGap() {
        try (ReadyPolicy policy = Policies.small("choose", "none|Vm(id == \"nobody\")|insert(Choice.keep(\"x\"));")) {
            assertThat(study(policy))
                    .extracting(Diagnostic::code, Diagnostic::message)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(
                            "gap",
                            "no rule fired: 120 of 120 machines, such as `"
                                    + MACHINES.stream()
                                            .map(vm -> vm.vm().id())
                                            .sorted()
                                            .findFirst()
                                            .orElseThrow()
                                    + "`"));
        }
    }

    @Test
    void whatAsksForWhatItsOwnPhaseConcludes_dependsOnTheOrder() {
        try (ReadyPolicy policy = Policies.small(
                "require",
                "stay|Vm()|insert(Choice.keep(\"x\"));",
                "first|$u : Usage(resource == Resource.CPU)  not Requirement(source == \"b\")"
                        + "|insert(Requirement.atLeast(Resource.CPU, 1, \"a\"));",
                "second|$u : Usage(resource == Resource.MEMORY)  not Requirement(source == \"a\")"
                        + "|insert(Requirement.atLeast(Resource.CPU, 2, \"b\"));")) {
            assertThat(study(policy)).extracting(Diagnostic::code).contains("order-dependent");
        }
    }

    private static List<Diagnostic> study(ReadyPolicy policy) {
        return StudyFleet.study(
                policy, new DroolsCompiler(), Catalog.of(VARIED.targets()), Policies.RATES, MACHINES, Policies.TIME);
    }
}
