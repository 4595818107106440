package io.regrade.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.catalog.Catalog;
import io.regrade.decision.CanonicalJson;
import io.regrade.decision.Decision;
import io.regrade.engine.drools.CompiledOnce;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Facts;
import io.regrade.fact.Limit;
import io.regrade.fact.Pricing;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.Sla;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Target;
import io.regrade.fact.Usage;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.inventory.FleetReader;
import io.regrade.intake.sample.SampleFleet;
import io.regrade.pipeline.Counterfactual.Numeric;
import io.regrade.pipeline.Counterfactual.Outcome;
import io.regrade.pipeline.FindCounterfactuals.Asked;
import io.regrade.policy.Policies;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What turns decisions: thresholds that are known, and every change that is reported applied. */
class FindCounterfactualsTest {

    private static final EvaluationTime TIME = new EvaluationTime(Facts.NOW);
    private static final Asked ALL = new Asked(null, 500);
    private static final Target LARGE = Facts.target("m5.large", Facts.capacity(2, 8, Double.NaN), "linux", 0.096);
    private static final Target XLARGE = Facts.target("m5.xlarge", Facts.capacity(4, 16, Double.NaN), "linux", 0.192);

    @TempDir
    static Path shared;

    private static ReadyPolicy policy;

    @BeforeAll
    static void compile() {
        policy = ReadyPolicy.load(Policies.STANDARD, CompiledOnce.compiler());
    }

    @AfterAll
    static void close() {
        policy.close();
    }

    private static DecideVm decide() {
        return new DecideVm(policy, Catalog.of(List.of(LARGE, XLARGE)), Pricing.HOURLY);
    }

    /** 4 vCPU and 16 GiB, of which 0.9 and 4 are used at most. */
    private static VmFacts machine(Sla sla, SoftwareModule... modules) {
        Vm vm = Facts.vm("a", Facts.capacity(4, 16, Double.NaN), "rhel-9", 0.192);
        List<Usage> usage = List.of(Facts.usage(Resource.CPU, 0.5, 0.9), Facts.usage(Resource.MEMORY, 2, 4));
        return new VmFacts(vm, usage, List.of(modules), sla, List.of());
    }

    private static Sla cap(double usdMonth) {
        return new Sla(Double.NaN, Double.NaN, usdMonth, Set.of(), Set.of(), Set.of(), null);
    }

    private static double limit(String name) {
        return policy.bundle().limit(PolicyBundle.DEFAULT_ENVIRONMENT, name);
    }

    /** The highest memory use for which so much memory is all that is worth its price. */
    private static double mostMemory(double gib) {
        double low = 0;
        double high = gib;
        for (int i = 0; i < 50; i++) {
            double max = (low + high) / 2;
            double spare = Facts.usage(Resource.MEMORY, max / 2, max)
                    .worthwhileSpare(
                            limit("gib-price"),
                            limit("memory-shortage-worth"),
                            limit("memory-excess-median"),
                            limit("memory-excess-shape"));
            if (max * (1 + spare) > gib) {
                high = max;
            } else {
                low = max;
            }
        }
        return low;
    }

    private static Counterfactual turn(Counterfactuals found, String fact, boolean up) {
        return found.turns().stream()
                .filter(one -> one.fact().equals(fact)
                        && one.change() instanceof Numeric numeric
                        && numeric.to() > numeric.from() == up)
                .findFirst()
                .orElseThrow(() -> new AssertionError(fact + " in " + CounterfactualsText.write(found)));
    }

    private static void turnsAt(double threshold, Counterfactuals found, String fact, boolean up, String after) {
        Counterfactual turn = turn(found, fact, up);
        Numeric change = (Numeric) turn.change();
        double rounding = 1e-6 * threshold;
        assertThat(Math.min(change.unchangedAt(), change.to())).as(fact).isLessThanOrEqualTo(threshold + rounding);
        assertThat(Math.max(change.unchangedAt(), change.to())).as(fact).isGreaterThanOrEqualTo(threshold - rounding);
        assertThat(Math.abs(change.to() - change.unchangedAt()))
                .isLessThanOrEqualTo(0.001 * Math.max(change.to(), 0.1));
        assertThat(turn.before().text()).isEqualTo("reclassify to m5.large");
        assertThat(turn.after().text()).isEqualTo(after);
    }

    @Test
    void thresholds_thatFollowFromThePolicy_areFound() {
        Counterfactuals found = FindCounterfactuals.find(decide(), machine(cap(100)), TIME, ALL);

        double saving = (XLARGE.priceUsdHour() - LARGE.priceUsdHour()) * 730;
        double gap = limit("minimum-saving") / 730;
        // Above the share that counts as saturated, the hours cost more than the move saves.
        turnsAt(2 * limit("saturation-utilisation"), found, "usage.vcpu", true, "keep");
        turnsAt(mostMemory(8), found, "usage.memory_gib", true, "keep");
        turnsAt(0.096 + gap, found, "price.current", false, "keep");
        turnsAt(0.192 - gap > 100 / 730.0 ? 100 / 730.0 : 0.192 - gap, found, "price.chosen", true, "keep");
        turnsAt(0.096 * 730, found, "sla.max_price_usd_month", false, "keep");
        turnsAt(saving, found, "parameter.minimum-saving", true, "keep");
        turnsAt(0.9 / 2, found, "parameter.cpu-target-utilisation", false, "keep");
        turnsAt(8.0 / 4 - 1, found, "parameter.memory-headroom", true, "keep");
        turnsAt((4 - 1) / 4.0, found, "parameter.oversized-share", true, "keep");

        assertThat(turn(found, "usage.vcpu", true).sentence())
                .startsWith("becomes keep when the highest value of CPU use exceeds ")
                .contains(" % of capacity (1.")
                .endsWith(" of 4 vCPU; now 0.9)");
        assertThat(turn(found, "price.current", false).sentence())
                .startsWith("becomes keep when the price gap to m5.large falls below $5.0");
        assertThat(turn(found, "parameter.minimum-saving", true).begun()).containsExactly("choose-no-saving");
        assertThat(turn(found, "parameter.minimum-saving", true).ceased()).containsExactly("choose-saving");
        assertThat(found.turns())
                .anySatisfy(one -> assertThat(one.sentence()).isEqualTo("becomes keep when no m5.large can be had"));
        assertThat(found.unturned()).anySatisfy(one -> assertThat(one.fact()).isEqualTo("parameter.network-headroom"));
        assertThat(found.complete()).isTrue();
        List<Double> sizes = found.turns().stream()
                .map(one -> Math.abs(one.change().relative()))
                .map(size -> Double.isNaN(size) ? Double.POSITIVE_INFINITY : size)
                .toList();
        assertThat(sizes).isSorted();
    }

    @Test
    void requirementOfAModule_thatHoldsTheMachine_isNamed() {
        SoftwareModule module = new SoftwareModule("db", "3", List.of(Requirement.parse("vcpu>=4", "module db 3")));

        Counterfactuals found = FindCounterfactuals.find(decide(), machine(null, module), TIME, new Asked("module", 5));

        assertThat(found.turns()).singleElement().satisfies(one -> {
            assertThat(one.sentence())
                    .isEqualTo("becomes reclassify to m5.large when module db 3 does not require vcpu>=4");
            assertThat(one.before().text()).isEqualTo("keep");
        });
    }

    @Test
    void useOfNothing_isRaisedFromZero() {
        Vm vm = Facts.vm("a", Facts.capacity(4, 16, Double.NaN), "rhel-9", 0.192);
        VmFacts idle = Facts.facts(vm, Facts.usage(Resource.CPU, 0, 0), Facts.usage(Resource.MEMORY, 2, 4));

        Counterfactuals found = FindCounterfactuals.find(decide(), idle, TIME, new Asked("usage.vcpu", 5));

        // All of its time is risk as soon as the margin is gone.
        turnsAt(2 / (1 + limit("risk-margin")), found, "usage.vcpu", true, "keep");
        assertThat(CounterfactualsJson.write(found)
                        .at("/counterfactuals/0/factor")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void decisionThatTurnsAndTurnsBack_hasTheNearestTurn() {
        String band = Policies.rule(
                "band",
                "Usage(resource == Resource.CPU, p995 > 1.8, p995 < 2.3)",
                "insert(Choice.insufficientData(\"in the band\"));");
        try (ReadyPolicy bands = ReadyPolicy.of(
                PolicyReader.of(Policies.small("require/band.drl", Policies.drl("require", band))),
                new DroolsCompiler())) {
            DecideVm decide = new DecideVm(bands, Catalog.of(List.of(LARGE)), Pricing.HOURLY);
            Counterfactuals found = FindCounterfactuals.find(decide, machine(null), TIME, new Asked("usage.vcpu", 5));

            assertThat(found.turns()).singleElement().satisfies(one -> {
                Numeric change = (Numeric) one.change();
                assertThat(change.unchangedAt()).isLessThanOrEqualTo(1.8);
                assertThat(change.to()).isBetween(1.8, 1.8 * 1.0011);
                assertThat(one.after().text()).isEqualTo("insufficient-data");
            });
        }
    }

    @Test
    void evaluations_areNoMoreThanAllowed_andTheAnswerSaysThatTheyWereTooFew() {
        VmFacts facts = machine(cap(100));
        Counterfactuals all = FindCounterfactuals.find(decide(), facts, TIME, ALL);
        for (int most : new int[] {3, 10, 25, 60, all.evaluations() - 1}) {
            Counterfactuals some = FindCounterfactuals.find(decide(), facts, TIME, ALL, most);

            assertThat(some.complete()).as("%s", most).isFalse();
            assertThat(some.evaluations()).isBetween(most - 2, most);
            assertThat(some.turnsInAll()).isLessThanOrEqualTo(all.turnsInAll());
            assertThat(some.turns())
                    .allSatisfy(one -> assertThat(all.turns())
                            .anyMatch(other -> other.fact().equals(one.fact())
                                    && other.field().equals(one.field())
                                    && other.after().equals(one.after())));
            assertThat(CounterfactualsJson.write(some).get("complete").asBoolean())
                    .isFalse();
            assertThat(CounterfactualsText.write(some)).endsWith("; more would be needed to look at everything\n");
        }
        assertThat(FindCounterfactuals.find(decide(), facts, TIME, ALL, all.evaluations() + 1))
                .isEqualTo(all);
    }

    @Test
    void unknownFact_isRefusedWithTheNearestNames() {
        assertThatThrownBy(() -> FindCounterfactuals.find(decide(), machine(null), TIME, new Asked("usage.vcpus", 5)))
                .isInstanceOf(UnknownFactException.class)
                .hasMessageContaining("no fact `usage.vcpus` that can be varied. Maybe `usage.vcpu`, ");
    }

    @Test
    void everyReportedChange_appliedElsewhere_givesTheReportedDecision() throws Exception {
        Path directory = shared.resolve("fleet");
        SampleFleet.write(directory, new SampleFleet.Options(3, 20, 60, 3, 30, TIME.at()));
        Fleet fleet = new FleetReader().read(directory);
        DecideVm decide = new DecideVm(policy, Catalog.of(fleet.targets()), fleet.pricing());
        Map<String, Integer> applied = new HashMap<>();
        for (VmFacts facts : fleet.vms()) {
            Counterfactuals found = FindCounterfactuals.find(decide, facts, TIME, ALL);
            JsonNode json = CounterfactualsJson.write(found);
            assertThat(CanonicalJson.bytes(json))
                    .as("the same again")
                    .isEqualTo(CanonicalJson.bytes(
                            CounterfactualsJson.write(FindCounterfactuals.find(decide, facts, TIME, ALL))));
            assertThat(found.evaluations()).isLessThan(FindCounterfactuals.MOST_EVALUATIONS);
            for (JsonNode one : json.get("counterfactuals")) {
                Decision changed = applied(one, facts, fleet, found.remade().decision());
                if (changed != null) {
                    applied.merge(one.get("fact").asText().replaceAll("\\..*", ""), 1, Integer::sum);
                    assertThat(Outcome.of(changed))
                            .as("%s: %s", facts.vm().id(), one.get("sentence"))
                            .isEqualTo(new Outcome(
                                    changed.action(),
                                    one.at("/after/target").isNull()
                                            ? null
                                            : one.at("/after/target").asText()));
                    assertThat(changed.action().key())
                            .as("%s: %s", facts.vm().id(), one.get("sentence"))
                            .isEqualTo(one.at("/after/action").asText());
                }
            }
        }
        assertThat(applied).containsOnlyKeys("usage", "price", "parameter", "target");
        assertThat(applied.get("usage")).isGreaterThan(5);
        assertThat(applied.get("parameter")).isGreaterThan(20);
    }

    /** Decides with the change that the JSON tells, made by other means than the search's; null for what is not tried. */
    private static Decision applied(JsonNode one, VmFacts facts, Fleet fleet, Decision decision) {
        String fact = one.get("fact").asText();
        double to = one.get("to").asDouble();
        VmFacts other = facts;
        ReadyPolicy by = policy;
        List<Target> targets = new ArrayList<>(fleet.targets());
        if (fact.startsWith("usage.") && one.has("factor") && facts.redundancy().isEmpty()) {
            List<Usage> usages = facts.usage().stream()
                    .map(usage -> fact.endsWith("." + usage.resource().key())
                            ? usage.scaled(one.get("factor").asDouble(), ceiling(one, usage))
                            : usage)
                    .toList();
            other = new VmFacts(facts.vm(), usages, facts.modules(), facts.sla(), facts.redundancy());
        } else if (fact.equals("price.current")) {
            other = new VmFacts(
                    facts.vm().withPrice(to), facts.usage(), facts.modules(), facts.sla(), facts.redundancy());
        } else if (fact.equals("price.chosen") || fact.startsWith("target.")) {
            targets.replaceAll(target -> !target.id().equals(decision.target().id())
                    ? target
                    : fact.equals("price.chosen")
                            ? target.offered(to, target.available())
                            : target.offered(target.priceUsdHour(), 0));
        } else if (fact.startsWith("parameter.")) {
            by = with(fact.substring("parameter.".length()), to);
        } else {
            return null;
        }
        return new DecideVm(by, Catalog.of(targets), fleet.pricing()).decide(other, TIME);
    }

    private static double ceiling(JsonNode one, Usage usage) {
        return one.has("capacity") ? Math.max(one.get("capacity").asDouble(), usage.max()) : Double.POSITIVE_INFINITY;
    }

    private static ReadyPolicy with(String parameter, double value) {
        PolicyBundle bundle = policy.bundle();
        Map<String, List<Limit>> limits = new HashMap<>();
        bundle.limits()
                .forEach((environment, all) -> limits.put(
                        environment,
                        all.stream()
                                .map(one ->
                                        one.name().equals(parameter) ? new Limit(parameter, value, one.unit()) : one)
                                .toList()));
        return new ReadyPolicy(
                new PolicyBundle(
                        bundle.name(),
                        bundle.description(),
                        bundle.digest(),
                        bundle.files(),
                        bundle.rules(),
                        bundle.tests(),
                        bundle.parameters(),
                        bundle.written(),
                        limits),
                policy.rules());
    }
}
