package io.regrade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.catalog.Catalog;
import io.regrade.decision.Decision;
import io.regrade.decision.Decision.Attributed;
import io.regrade.decision.Firing;
import io.regrade.fact.Action;
import io.regrade.fact.Benefit;
import io.regrade.fact.Candidate;
import io.regrade.fact.Choice;
import io.regrade.fact.Demand;
import io.regrade.fact.Need;
import io.regrade.fact.Requirement;
import io.regrade.fact.Usage;
import io.regrade.fact.VmFacts;
import io.regrade.pipeline.DecideVm;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From any decision back to the measurements: each step's facts are those that an earlier one concluded. */
class TraceTest {

    private static final List<VmFacts> MACHINES = new VariedVms(3).machines(300);
    private static final List<Decision> DECISIONS = new ArrayList<>();

    @BeforeAll
    static void decide() {
        DecideVm decide =
                new DecideVm(Policies.compiledStandard(), Catalog.of(new VariedVms(3).targets()), Policies.RATES);
        MACHINES.forEach(vm -> DECISIONS.add(decide.decide(vm, Policies.TIME)));
    }

    @AfterAll
    static void forget() {
        DECISIONS.clear();
    }

    /** The firing that concluded this very fact. */
    private static Firing conclusionOf(Decision decision, Object fact) {
        return decision.trace().firings().stream()
                .filter(firing -> firing.concluded().stream().anyMatch(one -> one == fact))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no rule concluded " + fact));
    }

    private static <T> List<T> of(List<Object> facts, Class<T> kind) {
        return facts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Test
    void choice_leadsThroughCandidateAndProjection_toTheChosenTarget() {
        int moves = 0;
        for (Decision decision : DECISIONS) {
            if (decision.action() == Action.RECLASSIFY) {
                Firing chose = decision.trace().firings().stream()
                        .filter(firing -> !of(firing.concluded(), Choice.class).isEmpty())
                        .findFirst()
                        .orElseThrow();
                Candidate candidate = of(chose.matched(), Candidate.class).get(0);
                assertThat(candidate.projection()).isSameAs(decision.projection());
                assertThat(candidate.target()).isSameAs(decision.target());
                moves++;
            }
        }
        assertThat(moves).isGreaterThan(20);
    }

    @Test
    void needOfAnAmount_leadsThroughDemandAndRequirement_toTheVeryUsageThatWasGiven() {
        int followed = 0;
        for (int i = 0; i < DECISIONS.size(); i++) {
            Decision decision = DECISIONS.get(i);
            for (Attributed<Need> need : decision.needs()) {
                for (Demand demand : of(conclusionOf(decision, need.what()).matched(), Demand.class)) {
                    followed += followToUsage(decision, demand, MACHINES.get(i));
                }
            }
        }
        assertThat(followed).isGreaterThan(200);
    }

    private static int followToUsage(Decision decision, Demand demand, VmFacts given) {
        int followed = 0;
        for (Firing firing : decision.trace().firings()) {
            for (Requirement requirement : of(firing.concluded(), Requirement.class)) {
                boolean largest = requirement.attribute().resource() == demand.resource()
                        && requirement.amount() == demand.required()
                        && requirement.source().equals(demand.source());
                if (largest && firing.rule().endsWith("-demand")) {
                    Usage usage = of(firing.matched(), Usage.class).get(0);
                    assertThat(usage).isSameAs(given.usage(demand.resource()));
                    followed++;
                }
            }
        }
        return followed;
    }

    @Test
    void needsAndBenefits_areAttributedToTheRuleThatConcludedThem() {
        int checked = 0;
        for (Decision decision : DECISIONS) {
            for (Attributed<Need> need : decision.needs()) {
                assertThat(conclusionOf(decision, need.what()).rule()).isEqualTo(need.rule());
                checked++;
            }
            for (Attributed<Benefit> benefit : decision.benefits()) {
                Firing firing = conclusionOf(decision, benefit.what());
                assertThat(firing.rule()).isEqualTo(benefit.rule());
                assertThat(firing.matched()).anyMatch(fact -> fact == decision.projection());
                assertThat(benefit.what().target()).isSameAs(decision.target());
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(300);
    }

    @Test
    void everyConclusion_hasOneRule_andEveryMatchedConclusionCameBefore() {
        for (Decision decision : DECISIONS) {
            List<Object> before = new ArrayList<>();
            for (Firing firing : decision.trace().firings()) {
                for (Object fact : firing.matched()) {
                    if (fact instanceof Need || fact instanceof Benefit || fact instanceof Choice) {
                        assertThat(before).anyMatch(one -> one == fact);
                    }
                }
                firing.concluded().forEach(fact -> assertThat(before).noneMatch(one -> one == fact));
                before.addAll(firing.concluded());
            }
            decision.rejected().stream()
                    .filter(one -> !one.rule().isEmpty())
                    .forEach(one -> assertThat(decision.trace().rules()).contains(Objects.requireNonNull(one.rule())));
        }
    }
}
