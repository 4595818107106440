package io.regrade.backtest;

import static io.regrade.backtest.SeriesOf.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.regrade.catalog.Catalog;
import io.regrade.fact.Capacity;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import io.regrade.intake.telemetry.Series;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A fleet of two machines, worked out by hand. */
class ScoringTest {

    private static final Target SMALL = target("small", "x86_64", false, 0, 2, 4, 0.1);
    private static final Target MIDDLE = target("middle", "x86_64", false, 0, 4, 16, 0.2);
    private static final Target ARM = target("arm", "arm64", false, 0, 8, 64, 0.01);
    private static final Target BURSTABLE = target("burstable", "x86_64", true, 0, 8, 64, 0.01);
    private static final Target ACCELERATED = target("accelerated", "x86_64", false, 1, 8, 64, 0.01);
    private static final PlainClasses CLASSES =
            new PlainClasses(Catalog.of(List.of(SMALL, MIDDLE, ARM, BURSTABLE, ACCELERATED)));

    private static Target target(
            String id, String arch, @Nullable Boolean burstable, double gpu, double vcpu, double memory, double price) {
        Capacity capacity = new Capacity(vcpu, memory, Double.NaN, Double.NaN, Double.NaN, Double.NaN, gpu);
        return new Target(
                id,
                Target.Kind.CLASS,
                "aws",
                "here",
                id,
                arch,
                capacity,
                null,
                burstable,
                Set.of(),
                price,
                null,
                Map.of());
    }

    private static Vm vm(String id, double vcpu, double memory, double price) {
        Capacity capacity =
                Capacity.UNKNOWN.with(io.regrade.fact.Resource.CPU, vcpu).with(io.regrade.fact.Resource.MEMORY, memory);
        return new Vm(id, id, "aws", "here", "big", "x86_64", capacity, null, Set.of(), price, null, null, Map.of());
    }

    @Test
    void scores_areWhatCameAfterTheDecision() {
        Vm one = vm("one", 8, 32, 0.4);
        Vm two = vm("two", 4, 16, 0.2);
        Scoring scoring = new Scoring(List.of("advice", "stay"), CLASSES, 4 * DAY);
        // Before the decision both used more than they ever do after it: that must not count.
        Series first =
                SeriesOf.every(DAY, new double[] {9, 9, 9, 9, 1, 3, 2, 1}, new double[] {40, 40, 40, 40, 3, 4, 5, 4});
        Series second =
                SeriesOf.every(DAY, new double[] {9, 9, 9, 9, 1, 1, 1, 5}, new double[] {40, 40, 40, 40, 1, 1, 1, 2});
        scoring.add(one, List.of(on(SMALL, one, 0.5), Place.of(one)), first);
        scoring.add(two, List.of(Place.of(two), Place.of(two)), second);

        Report report = scoring.report(new Span(0, 7 * DAY), 3);

        assertThat(report.machines()).isEqualTo(3);
        assertThat(report.scored()).isEqualTo(2);
        // The advice: one pays 0.1 for 0.4 and is short of processors in 1 of 4 samples (3 > 2, but not 2 > 2), two
        // pays 0.2 as before and is short in 1 of 4; memory is short for one (5 > 4, but not 4 > 4).
        Score advice = report.scores().get(0);
        assertThat(advice.moved()).isEqualTo(1);
        assertThat(advice.savingShare()).isCloseTo(0.5, within(1e-12));
        assertThat(advice.cpuHoursMonth()).isCloseTo((730 / 4.0 + 730 / 4.0) / 2, within(1e-9));
        assertThat(advice.cpuExceedingShare()).isEqualTo(1);
        assertThat(advice.memoryExceedingShare()).isEqualTo(0.5);
        // Staying: only two is short, once.
        Score stay = report.scores().get(1);
        assertThat(stay.savingShare()).isZero();
        assertThat(stay.cpuHoursMonth()).isCloseTo(730 / 4.0 / 2, within(1e-9));
        assertThat(stay.memoryExceedingShare()).isZero();
        // The oracle: one needs 3 vCPU and 5 GiB, so middle; two needs 5 vCPU, which nothing plain offers, and stays.
        Score oracle = report.scores().get(2);
        assertThat(oracle.name()).isEqualTo("oracle");
        assertThat(oracle.savingShare()).isCloseTo(1 - 0.4 / 0.6, within(1e-12));
        assertThat(oracle.moved()).isEqualTo(1);
        // The move was said to have a risk of 0.5, and went wrong.
        assertThat(report.risks())
                .filteredOn(band -> band.machines() > 0)
                .containsExactly(new RiskBand(0, 0.5, 1, 1, 0));
    }

    private static Place on(Target target, Vm vm, double risk) {
        Place place = Place.on(target, vm);
        return new Place(place.vcpu(), place.memoryGib(), place.priceUsdHour(), place.moved(), risk);
    }

    @Test
    void machines_withoutSamplesOnEitherSide_areNotScored() {
        Vm one = vm("one", 8, 32, 0.4);
        Scoring scoring = new Scoring(List.of("stay"), CLASSES, 4 * DAY);
        Series early = SeriesOf.every(DAY, new double[] {1, 1}, new double[] {1, 1});
        scoring.add(one, List.of(Place.of(one)), early);
        scoring.add(one, List.of(), SeriesOf.every(DAY, new double[6], new double[6]));

        Report report = scoring.report(new Span(0, 5 * DAY), 2);

        assertThat(report.scored()).isZero();
        assertThat(report.scores()).allSatisfy(score -> {
            assertThat(score.savingShare()).isNaN();
            assertThat(score.cpuHoursMonth()).isNaN();
            assertThat(score.memoryExceedingShare()).isNaN();
        });
    }

    @Test
    void cheapest_isPlain_andKeepsWhatCannotBeTold() {
        Vm one = vm("one", 2, 16, 0.4);

        assertThat(CLASSES.cheapest(one, new Wanted(2, 4))).isEqualTo(SMALL);
        assertThat(CLASSES.cheapest(one, new Wanted(2, 4.001))).isEqualTo(MIDDLE);
        assertThat(CLASSES.cheapest(one, new Wanted(1, Double.NaN))).isEqualTo(MIDDLE);
        assertThat(CLASSES.cheapest(one, new Wanted(5, 1))).isNull();
    }
}
