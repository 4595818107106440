package io.regrade.pipeline;

import static io.regrade.fact.Facts.capacity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.regrade.catalog.Catalog;
import io.regrade.decision.Decision;
import io.regrade.decision.Firing;
import io.regrade.decision.Phase;
import io.regrade.engine.CompiledRules;
import io.regrade.engine.RuleSession;
import io.regrade.engine.drools.CompiledOnce;
import io.regrade.fact.Action;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Facts;
import io.regrade.fact.Pricing;
import io.regrade.fact.Resource;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.policy.Policies;
import io.regrade.policy.PolicyReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluateFleetTest {

    private static final EvaluationTime TIME = new EvaluationTime(Facts.NOW);
    private static final List<Target> TARGETS = List.of(
            Facts.target("m5.large", capacity(2, 8, 5), "linux", 0.1),
            Facts.target("m5.xlarge", capacity(4, 16, 5), "linux", 0.2));

    private static ReadyPolicy standard;

    @BeforeAll
    static void compile() {
        standard = ReadyPolicy.load(Policies.STANDARD, CompiledOnce.compiler());
    }

    @AfterAll
    static void close() {
        standard.close();
    }

    @Test
    void decide_givesEqualQuestionsTheSameAnswerUnderTheSameId() {
        Decision decision = decider().decide(machine("a", 0.2), TIME);
        assertThat(decision.id()).matches("[0-9a-f]{32}");
        assertThat(decision.factsDigest()).matches("sha256:[0-9a-f]{64}");
        assertThat(decision.action()).isEqualTo(Action.RECLASSIFY);
        assertThat(decider().decide(machine("a", 0.2), TIME)).isEqualTo(decision);
    }

    @Test
    void decide_givesDifferentQuestionsDifferentIds() {
        Pricing rates = new Pricing(Pricing.Model.HOURLY, 0.01, Double.NaN, Double.NaN, Double.NaN);
        ReadyPolicy other = ReadyPolicy.of(PolicyReader.of(Policies.small()), policy -> standard.rules());
        List<Target> dearer = List.of(Facts.target("m5.large", capacity(2, 8, 5), "linux", 0.11), TARGETS.get(1));
        assertThat(List.of(
                        decider().decide(machine("a", 0.2), TIME).id(),
                        decider().decide(machine("b", 0.2), TIME).id(),
                        decider().decide(machine("a", 0.21), TIME).id(),
                        decider()
                                .decide(machine("a", 0.2), new EvaluationTime(Facts.NOW.plusNanos(1)))
                                .id(),
                        decider(standard, dearer, Pricing.HOURLY)
                                .decide(machine("a", 0.2), TIME)
                                .id(),
                        decider(standard, TARGETS, rates)
                                .decide(machine("a", 0.2), TIME)
                                .id(),
                        decider(other, TARGETS, Pricing.HOURLY)
                                .decide(machine("a", 0.2), TIME)
                                .id()))
                .doesNotHaveDuplicates();
    }

    @Test
    void decide_doesNotDependOnTheOrderOfTheCatalogue() {
        List<Target> reversed = new ArrayList<>(TARGETS);
        Collections.reverse(reversed);
        assertThat(decider(standard, reversed, Pricing.HOURLY).decide(machine("a", 0.2), TIME))
                .isEqualTo(decider().decide(machine("a", 0.2), TIME));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7})
    void evaluate_givesEqualAnswersInOrderWithAnyNumberOfThreads(int threads) throws InterruptedException {
        List<VmFacts> fleet = fleet(100);
        List<Integer> progress = Collections.synchronizedList(new ArrayList<>());
        List<Decision> decisions = EvaluateFleet.evaluate(decider(), fleet, TIME, threads, progress::add);
        assertThat(decisions)
                .isEqualTo(fleet.stream().map(vm -> decider().decide(vm, TIME)).toList());
        assertThat(decisions).extracting(decision -> decision.vm().id()).isEqualTo(ids(fleet));
        // Four batches, one of them smaller; whichever ends first counts first.
        assertThat(progress).hasSize(4).doesNotHaveDuplicates().contains(100).allMatch(done -> done > 0 && done <= 100);
    }

    @Test
    void evaluate_anEmptyFleetIsDone() throws InterruptedException {
        assertThat(EvaluateFleet.evaluate(decider(), List.of(), TIME, 2, done -> {}))
                .isEmpty();
    }

    @Test
    void evaluate_givesUpWhenInterrupted() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> EvaluateFleet.evaluate(decider(), fleet(200), TIME, 2, done -> {}));
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void evaluate_keepsAMachineOnWhichRegradeFails_andDecidesAllOthers() throws InterruptedException {
        DecideVm failing = decider(
                new ReadyPolicy(standard.bundle(), new FailingOn("vm-3", standard.rules())), TARGETS, Pricing.HOURLY);
        List<VmFacts> fleet = fleet(5);
        List<Decision> decisions = EvaluateFleet.evaluate(failing, fleet, TIME, 2, done -> {});
        Decision failed = decisions.get(3);
        assertThat(failed.action()).isEqualTo(Action.KEEP);
        assertThat(failed.errors())
                .containsExactly(
                        "Regrade failed on this machine, which is a defect of Regrade; details are in the log");
        assertThat(failed.savingUsdMonth()).isZero();
        assertThat(failed.id()).isEqualTo(decider().decide(fleet.get(3), TIME).id());
        for (int i : new int[] {0, 1, 2, 4}) {
            assertThat(decisions.get(i)).isEqualTo(decider().decide(fleet.get(i), TIME));
        }
    }

    /** Fails with something that is no failure of a rule when it meets one machine. */
    private record FailingOn(String id, CompiledRules rules) implements CompiledRules {

        @Override
        public RuleSession open() {
            RuleSession session = rules.open();
            return new RuleSession() {
                @Override
                public void forget(Object fact) {
                    session.forget(fact);
                }

                @Override
                public void insert(Object fact) {
                    if (fact instanceof Vm vm && vm.id().equals(id)) {
                        throw new IllegalStateException("on purpose");
                    }
                    session.insert(fact);
                }

                @Override
                public List<Firing> fire(Phase phase) {
                    return session.fire(phase);
                }

                @Override
                public void close() {
                    session.close();
                }
            };
        }

        @Override
        public int size() {
            return rules.size();
        }

        @Override
        public void close() {
            rules.close();
        }
    }

    private static DecideVm decider() {
        return decider(standard, TARGETS, Pricing.HOURLY);
    }

    private static DecideVm decider(ReadyPolicy policy, List<Target> targets, Pricing pricing) {
        return new DecideVm(policy, Catalog.of(targets), pricing);
    }

    private static List<VmFacts> fleet(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> machine("vm-" + i, 0.1 + i * 0.01))
                .toList();
    }

    private static List<String> ids(List<VmFacts> fleet) {
        return fleet.stream().map(facts -> facts.vm().id()).toList();
    }

    /** Far too large for what it does. */
    private static VmFacts machine(String id, double price) {
        return Facts.facts(
                Facts.vm(id, capacity(8, 32, 5), "rhel-9.4", price),
                Facts.usage(Resource.CPU, 0.5, 1),
                Facts.usage(Resource.MEMORY, 2, 4),
                Facts.usage(Resource.NETWORK, 0.5, 1));
    }
}
