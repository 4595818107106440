package io.regrade.pipeline.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.regrade.decision.Decision;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.fact.Action;
import io.regrade.fact.EvaluationTime;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.inventory.FleetReader;
import io.regrade.intake.sample.SampleFleet;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.pipeline.impact.Impact.Affected;
import io.regrade.pipeline.impact.Impact.Respect;
import io.regrade.pipeline.impact.Impact.RuleEffect;
import io.regrade.policy.Policies;
import io.regrade.policy.PolicyReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample fleet under the standard policy and under drafts of it; each figure is counted again from the decisions. */
class MeasureImpactTest {

    private static final Instant NOW = Instant.parse("2025-06-01T00:00:00Z");
    private static final EvaluationTime TIME = new EvaluationTime(NOW);

    private static final int MACHINES = 80;

    @TempDir
    static Path directory;

    private static Fleet fleet;
    private static ReadyPolicy active;
    private static ReadyPolicy draft;
    private static List<Decision> before;
    private static List<Decision> after;
    private static Impact impact;
    private static final List<Comparison> told = new ArrayList<>();

    @BeforeAll
    static void measure() throws IOException, InterruptedException {
        SampleFleet.write(directory, new SampleFleet.Options(7, MACHINES, 60, 14, 60, NOW));
        fleet = new FleetReader().read(directory);
        DroolsCompiler compiler = new DroolsCompiler();
        active = ReadyPolicy.load(Policies.STANDARD, compiler);
        draft = ReadyPolicy.of(PolicyReader.of(drafted(active.bundle().written())), compiler);
        before = decisions(active);
        after = decisions(draft);
        impact = measured(2, 3);
    }

    @AfterAll
    static void close() {
        active.close();
        draft.close();
    }

    /** More room for processors and memory, and a rule that keeps production where little is saved. */
    private static SortedMap<String, String> drafted(SortedMap<String, String> standard) {
        SortedMap<String, String> files = new TreeMap<>(standard);
        files.computeIfPresent(
                "tables/limits.csv",
                (name, text) -> text.replace("cpu-target-utilisation,,0.9,1", "cpu-target-utilisation,0.35,0.35,0.4")
                        .replace("memory-headroom,,0.25,0", "memory-headroom,1,1,1"));
        files.put(
                "match/production.drl",
                Policies.drl(
                        "match",
                        Policies.rule(
                                "production-stays",
                                "$vm : Vm(tags[\"env\"] == \"prod\")\n  $p : Projection(savingUsdMonth < 40)",
                                "insert(new Veto($p.target(), \"production moves for $40 or more\", Double.NaN, \"\"));")));
        return files;
    }

    private static List<Decision> decisions(ReadyPolicy policy) {
        DecideVm decide = new DecideVm(
                policy, Setting.of(fleet.targets(), fleet.pricing()).catalog(), fleet.pricing());
        return fleet.vms().stream().map(facts -> decide.decide(facts, TIME)).toList();
    }

    private static Impact measured(int threads, int most) throws InterruptedException {
        told.clear();
        return new MeasureImpact(active, draft, threads, most).measure(subjects(), told::add, done -> {});
    }

    private static Subjects subjects() {
        return new FleetSubjects(fleet.vms(), Setting.of(fleet.targets(), fleet.pricing()), TIME);
    }

    private static boolean sameAdvice(Decision one, Decision other) {
        String target = one.target() == null ? "" : one.target().id();
        String otherTarget = other.target() == null ? "" : other.target().id();
        Object made = one.instantiation() == null ? "" : one.instantiation().configuration();
        Object otherMade =
                other.instantiation() == null ? "" : other.instantiation().configuration();
        return one.action() == other.action() && target.equals(otherTarget) && made.equals(otherMade);
    }

    @Test
    void changes_areThoseThatTheDecisionsShow() {
        List<String> changed = new ArrayList<>();
        Map<String, Long> pairs = new LinkedHashMap<>();
        for (int i = 0; i < before.size(); i++) {
            if (!sameAdvice(before.get(i), after.get(i))) {
                changed.add(before.get(i).vm().id());
            }
            pairs.merge(before.get(i).action() + " " + after.get(i).action(), 1L, Long::sum);
        }
        assertThat(changed).hasSizeBetween(5, MACHINES - 5);
        assertThat(impact.machines()).isEqualTo(MACHINES);
        assertThat(impact.changed()).isEqualTo(changed.size());
        assertThat(told).extracting(one -> one.active().vm().id()).isEqualTo(changed);
        assertThat(impact.matrix().stream()
                        .collect(Collectors.toMap(one -> one.from() + " " + one.to(), Impact.Transition::machines)))
                .isEqualTo(pairs);
        assertThat(impact.changes().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(MACHINES);
        assertThat(impact.changes().get(Change.ACTION)).isPositive();
        assertThat(impact.changes().get(Change.TARGET)).isPositive();
    }

    @Test
    void sides_addUpWhatIsKnownAndCountWhatIsNot() {
        for (boolean first : new boolean[] {true, false}) {
            List<Decision> decisions = first ? before : after;
            Impact.Side side = first ? impact.before() : impact.after();
            assertThat(side.savingUsdMonth())
                    .isCloseTo(
                            decisions.stream()
                                    .mapToDouble(Decision::savingUsdMonth)
                                    .filter(saving -> !Double.isNaN(saving))
                                    .sum(),
                            within(1e-6));
            assertThat(side.unknownSavings())
                    .isEqualTo(decisions.stream()
                            .filter(one -> Double.isNaN(one.savingUsdMonth()))
                            .count());
            for (Action action : Action.values()) {
                assertThat(side.actions().get(action))
                        .isEqualTo(decisions.stream()
                                .filter(one -> one.action() == action)
                                .count());
            }
            Impact.Risk risk = side.risk();
            assertThat(risk.none() + risk.low() + risk.medium() + risk.high() + risk.unknown())
                    .isEqualTo(side.actions().get(Action.RECLASSIFY)
                            + side.actions().get(Action.INSTANTIATE));
            assertThat(risk.highest())
                    .isEqualTo(decisions.stream()
                            .mapToDouble(Decision::risk)
                            .filter(one -> !Double.isNaN(one))
                            .max()
                            .orElseThrow());
        }
    }

    @Test
    void rules_areCountedByMachine() {
        Map<String, RuleEffect> effects =
                impact.rules().stream().collect(Collectors.toMap(RuleEffect::rule, one -> one));
        assertThat(effects).hasSize(active.bundle().rules().size() + 1);
        effects.forEach((id, effect) -> {
            long newly = 0;
            long noLonger = 0;
            long chosen = 0;
            for (int i = 0; i < before.size(); i++) {
                boolean then = before.get(i).trace().rules().contains(id);
                boolean now = after.get(i).trace().rules().contains(id);
                newly += now && !then ? 1 : 0;
                noLonger += then && !now ? 1 : 0;
                chosen += after.get(i).trace().chooser().equals(id) ? 1 : 0;
            }
            assertThat(effect.newly()).as(id).isEqualTo(newly);
            assertThat(effect.noLonger()).as(id).isEqualTo(noLonger);
            assertThat(effect.decidesDraft()).as(id).isEqualTo(chosen);
            assertThat(effect.draft() - effect.active()).as(id).isEqualTo(newly - noLonger);
        });
        RuleEffect own = effects.get("production-stays");
        assertThat(own.in()).isEqualTo(Impact.In.DRAFT);
        assertThat(own.newly()).isPositive();
        assertThat(own.active()).isZero();
        assertThat(own.owner()).isEqualTo("finops");
    }

    @Test
    void groupsAndOwners_haveEveryMachineOnce() {
        for (List<Impact.Part> parts : List.of(impact.groups(), impact.owners())) {
            assertThat(parts.stream().mapToLong(Impact.Part::machines).sum()).isEqualTo(MACHINES);
            assertThat(parts.stream().mapToLong(Impact.Part::changed).sum()).isEqualTo(impact.changed());
            assertThat(parts).extracting(Impact.Part::changed).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        }
        String owner = impact.owners().get(0).name();
        assertThat(impact.owners().get(0).machines())
                .isEqualTo(before.stream()
                        .filter(one -> String.valueOf(one.vm().owner()).equals(owner))
                        .count());
    }

    @Test
    void mostAffected_areThoseWithTheLargestDifferences() {
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            double difference =
                    Math.abs(after.get(i).savingUsdMonth() - before.get(i).savingUsdMonth());
            if (difference > 0) {
                differences.add(difference);
            }
        }
        differences.sort((a, b) -> Double.compare(b, a));
        List<Double> byMoney = impact.most().stream()
                .filter(one -> one.by().contains(Respect.MONEY))
                .map(one -> Math.abs(one.comparison().savingDifference()))
                .toList();
        assertThat(byMoney).isEqualTo(differences.subList(0, 3));
        assertThat(impact.most())
                .extracting(one -> one.comparison().at())
                .doesNotHaveDuplicates()
                .hasSizeBetween(3, 9);
    }

    @Test
    void reasons_nameWhatFiresNewlyAndWhatIsRequiredOtherwise() {
        for (Affected one : impact.most()) {
            TreeSet<String> newly =
                    new TreeSet<>(one.comparison().draft().trace().rules());
            newly.removeAll(one.comparison().active().trace().rules());
            assertThat(new TreeSet<>(one.reasons().newlyFired())).isEqualTo(newly);
        }
        assertThat(impact.most()).anySatisfy(one -> {
            assertThat(one.reasons().newlyRequired()).anyMatch(text -> text.contains("[cpu-demand]"));
            assertThat(one.reasons().noLongerRequired()).anyMatch(text -> text.contains("[cpu-demand]"));
        });
    }

    @Test
    void impact_isTheSameHoweverManyThreadsDecide() throws InterruptedException {
        String two = ImpactJson.of(impact).toString();
        assertThat(ImpactJson.of(measured(1, 3)).toString()).isEqualTo(two);
        assertThat(ImpactJson.of(measured(5, 3)).toString()).isEqualTo(two);
    }

    @Test
    void equalPolicies_changeNothing() throws InterruptedException {
        Impact none = new MeasureImpact(active, active, 2, 3).measure(subjects(), told::add, done -> {});
        assertThat(none.changes().get(Change.NONE)).isEqualTo(MACHINES);
        assertThat(none.changed()).isZero();
        assertThat(none.most()).isEmpty();
        assertThat(none.savingDifferenceUsdMonth()).isZero();
        assertThat(none.before()).isEqualTo(none.after());
        assertThat(none.rules()).noneMatch(RuleEffect::isChanged);
    }
}
