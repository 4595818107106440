package io.regrade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.decision.Decision;
import io.regrade.fact.Action;
import io.regrade.fact.VmFacts;
import io.regrade.pipeline.ReadyPolicy;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong in a policy, the machine stays as it is, and the decision says what went wrong. */
class RuleErrorsTest {

    private static final VmFacts MACHINE = new VariedVms(1).machines(1).get(0);
    private static final String KEEP = "keep|Vm()|insert(Choice.keep(\"it stays\"));";

    private static Decision decide(String phase, String... rules) {
        try (ReadyPolicy policy = Policies.small(phase, rules)) {
            return Policies.decide(policy, MACHINE);
        }
    }

    private static void assertKept(Decision decision, String error) {
        assertThat(decision.action()).isEqualTo(Action.KEEP);
        assertThat(decision.target()).isNull();
        assertThat(decision.instantiation()).isNull();
        assertThat(decision.savingUsdMonth()).isZero();
        assertThat(decision.why()).contains("could not be evaluated");
        assertThat(decision.errors()).hasSize(1).first().asString().contains(error);
    }

    @Test
    void ruleThatThrows_keepsWithTheRuleNamed_andWhatHadFired() {
        Decision decision = decide(
                "choose", KEEP, "thrower|$c : Choice()|throw new IllegalStateException(\"broken \" + $c.why());");
        assertKept(decision, "rule `thrower` failed: broken it stays");
        assertThat(decision.trace().rules()).containsExactly("keep", "thrower");
    }

    @Test
    void conditionThatThrows_keepsWithTheRuleNamed() {
        assertKept(
                decide("choose", "bad|$vm : Vm(Integer.parseInt(name) > 0)|insert(Choice.keep(\"never\"));"),
                "the condition `Integer.parseInt(name) > 0` of rule `bad` failed: For input string");
    }

    @Test
    void policyThatConcludesNothing_keepsWithTheError() {
        assertKept(
                decide("choose", "never|Vm(capacity.vcpu < 0)|insert(Choice.keep(\"never\"));"),
                "the policy concluded nothing for this machine");
    }

    @Test
    void severalChoices_keepWithAllOfThemNamed() {
        assertKept(
                decide("choose", KEEP, "make|Vm()|insert(Choice.instantiate(\"anew\"));"),
                "the policy chose several things at once: `keep` keep, `make` instantiate");
    }

    @Test
    void severalRulesThatChooseTheSame_areNoError() {
        Decision decision = decide("choose", KEEP, "also|Vm()|insert(Choice.keep(\"it stays too\"));");
        assertThat(decision.errors()).isEmpty();
        assertThat(decision.why()).isEqualTo("it stays too"); // of the rule whose id comes first
    }

    @Test
    void endlessInsertion_endsAndKeepsWithTheRuleNamed() {
        assertKept(
                decide(
                        "choose",
                        "endless|$c : Choice()|insert(Choice.keep($c.why() + \"\"));",
                        "seed|Vm()|insert(Choice.keep(\"again\"));"),
                "rule `endless` exceeded the budget of 20000 firings in phase `choose`");
    }
}
