package io.regrade.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.catalog.Catalog;
import io.regrade.decision.CanonicalJson;
import io.regrade.decision.Decision;
import io.regrade.decision.DecisionJson;
import io.regrade.fact.Action;
import io.regrade.fact.Target;
import io.regrade.fact.VmFacts;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.ReadyPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Neither the order of the facts, nor that of the rules, nor that of the targets changes a decision. */
class OrderIndependenceTest {

    private static final List<VmFacts> MACHINES = new VariedVms(7).machines(250);
    private static final List<Target> TARGETS = new VariedVms(7).targets();

    private static ReadyPolicy policy;
    private static List<String> expected;

    @BeforeAll
    static void decide() {
        policy = Policies.compiledStandard();
        expected = decisions(policy, TARGETS);
    }

    private static List<String> decisions(ReadyPolicy policy, List<Target> targets) {
        DecideVm decide = new DecideVm(policy, Catalog.of(targets), Policies.RATES);
        return MACHINES.stream()
                .map(vm -> comparable(decide.decide(vm, Policies.TIME)))
                .toList();
    }

    /** All of a decision but its order of firing, and, as other files have another digest, what names the policy. */
    private static String comparable(Decision decision) {
        ObjectNode node = DecisionJson.decision(decision, DecisionJson.Detail.SUMMARY);
        node.remove(List.of("id", "policy", "fired"));
        return new String(CanonicalJson.bytes(node), UTF_8)
                + new TreeSet<>(decision.trace().rules());
    }

    private static void assertAsExpected(List<String> decisions) {
        for (int i = 0; i < decisions.size(); i++) {
            assertThat(decisions.get(i)).isEqualTo(expected.get(i));
        }
    }

    @Test
    void machines_areOfManyKinds() {
        DecideVm decide = new DecideVm(policy, Catalog.of(TARGETS), Policies.RATES);
        Set<Action> actions = EnumSet.noneOf(Action.class);
        Set<String> fired = new TreeSet<>();
        for (VmFacts vm : MACHINES) {
            Decision decision = decide.decide(vm, Policies.TIME);
            assertThat(decision.errors()).isEmpty();
            actions.add(decision.action());
            fired.addAll(decision.trace().rules());
        }
        assertThat(actions).containsExactlyInAnyOrder(Action.values());
        assertThat(fired).hasSizeGreaterThan(55);
    }

    @Test
    void decisions_areTheSame_inWhateverOrderFactsAreInserted() {
        for (int seed = 1; seed <= 3; seed++) {
            ReadyPolicy shuffled = new ReadyPolicy(policy.bundle(), new ShuffledRules(policy.rules(), seed));
            assertAsExpected(decisions(shuffled, TARGETS));
        }
    }

    @Test
    void decisions_areTheSame_inWhateverOrderRuleFilesAndRulesAreRead() {
        SortedMap<String, String> renamed = new TreeMap<>();
        int number = 99;
        for (var file : Policies.standard().entrySet()) {
            String name = file.getKey();
            boolean rules = name.endsWith(".drl") || name.endsWith(".dslr");
            String flat = name.replace('/', '-');
            renamed.put(
                    rules || name.endsWith(".drl.csv") ? "rules/" + number-- + "-" + flat : name,
                    rules ? reversed(file.getValue()) : file.getValue());
        }
        try (ReadyPolicy other = Policies.ready(renamed)) {
            assertThat(other.bundle().files().firstKey()).contains("tables");
            assertAsExpected(decisions(other, TARGETS));
        }
    }

    @Test
    void decisions_areTheSame_inWhateverOrderTargetsAreGiven() {
        List<Target> reversed = new ArrayList<>(TARGETS);
        Collections.reverse(reversed);
        assertAsExpected(decisions(policy, reversed));
    }

    /** A rule file with its last rule first. */
    private static String reversed(String drl) {
        int first = drl.indexOf("\nrule ") + 1;
        List<String> rules = new ArrayList<>(List.of(drl.substring(first).split("(?m)(?<=^end)\\R+")));
        Collections.reverse(rules);
        return drl.substring(0, first) + String.join("\n\n", rules) + "\n";
    }
}
