package io.regrade.backtest;

import io.regrade.fact.Vm;
import io.regrade.intake.telemetry.Measure;
import io.regrade.intake.telemetry.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Scores places machine by machine by what was used after the decision. Not safe for use by two threads at a time. */
final class Scoring {

    private final List<Tally> tallies = new ArrayList<>();
    private final Tally oracle;
    private final RiskBand.Counts risks = new RiskBand.Counts();
    private final PlainClasses classes;
    private final long decidedAt;
    private int scored;

    /**
     * Begins.
     *
     * @param names the recommenders, the policy first
     */
    Scoring(List<String> names, PlainClasses classes, long decidedAt) {
        names.forEach(name -> tallies.add(new Tally(name)));
        this.oracle = new Tally("oracle");
        this.classes = classes;
        this.decidedAt = decidedAt;
    }

    /**
     * One machine.
     *
     * @param places where each recommender puts it; none when nothing was measured of it before the decision
     */
    void add(Vm vm, List<Place> places, Series series) {
        Window rest = Window.since(series, decidedAt);
        if (places.isEmpty() || rest.isEmpty()) {
            return;
        }
        scored++;
        Place was = Place.of(vm);
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            Tally.Outcome outcome = tallies.get(i).add(was, place, rest);
            if (i == 0) {
                risks.add(place.risk(), outcome.memoryExceeded(), outcome.memoryPeak() > was.memoryGib());
            }
        }
        Wanted future = new Wanted(rest.max(Measure.CPU_VCPU), rest.max(Measure.MEMORY_GIB));
        oracle.add(was, Place.on(classes.cheapest(vm, future), vm), rest);
    }

    Report report(Span span, int machines) {
        List<Score> scores = new ArrayList<>();
        tallies.forEach(tally -> scores.add(tally.score()));
        scores.add(oracle.score());
        return new Report(
                Instant.ofEpochSecond(span.from()),
                Instant.ofEpochSecond(decidedAt),
                Instant.ofEpochSecond(span.to()),
                machines,
                scored,
                scores,
                risks.bands());
    }
}
