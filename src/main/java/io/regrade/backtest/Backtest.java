package io.regrade.backtest;

import io.regrade.catalog.Catalog;
import io.regrade.decision.Decision;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.inventory.Groups;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.EvaluateFleet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Decides a fleet on the first days of its samples and scores on the rest.
 *
 * <p>The samples are read three times, so that only those of one machine are in memory: for the time they cover, for
 * what was known at the moment of the decision, and for what came of it.
 */
public final class Backtest {

    private final Fleet fleet;
    private final SampleSource samples;
    private final DecideVm decide;
    private final List<Baseline> baselines;
    private final Part part;
    private final PlainClasses classes;

    /**
     * Prepares a back-test.
     *
     * @param fleet the machines, without usage, and the targets
     * @param samples reads the samples of these machines
     * @param decide decides by the policy over the fleet's targets
     * @param baselines what is compared with
     * @param part the machines that are scored; all are decided
     */
    public Backtest(Fleet fleet, SampleSource samples, DecideVm decide, List<Baseline> baselines, Part part) {
        this.fleet = fleet;
        this.samples = samples;
        this.decide = decide;
        this.baselines = List.copyOf(baselines);
        this.part = part;
        this.classes = new PlainClasses(decide.catalog());
    }

    /**
     * Decides on the first days and scores on the rest.
     *
     * @param trainDays how many days, from the fleet's first sample on, are known to what decides; above 0
     * @param threads how many threads decide
     * @param progress told the number of machines decided so far, by any thread
     * @throws BacktestException when there are no samples, or none are left to score
     * @throws InterruptedException when the calling thread is interrupted; the work is given up then
     */
    public Report run(int trainDays, int threads, IntConsumer progress) throws InterruptedException {
        Span span = Span.of(samples);
        long decidedAt = span.after(trainDays);
        List<VmFacts> known = new ArrayList<>(fleet.vms());
        List<List<Place>> published = new ArrayList<>(Collections.nCopies(known.size(), List.of()));
        boolean[] measured = new boolean[known.size()];
        samples.read((vm, series) -> {
            Window past = Window.before(series, decidedAt);
            if (!past.isEmpty()) {
                VmFacts facts = known.get(vm);
                known.set(vm, facts.measured(series.usage(past.from(), past.to())));
                published.set(vm, published(facts.vm(), past, decidedAt));
                measured[vm] = true;
            }
        });
        EvaluationTime time = new EvaluationTime(Instant.ofEpochSecond(decidedAt));
        List<VmFacts> complete = Groups.complete(known);
        List<Decision> decisions = EvaluateFleet.evaluate(decide, complete, time, threads, progress);
        List<Decision> plain = baselines.isEmpty()
                ? List.of()
                : EvaluateFleet.evaluate(onPlainClasses(), complete, time, threads, progress);
        Scoring scoring = new Scoring(names(), classes, decidedAt);
        samples.read((vm, series) -> {
            Vm machine = fleet.vms().get(vm).vm();
            if (measured[vm] && part.contains(machine.id())) {
                List<Place> places = new ArrayList<>();
                places.add(Place.after(decisions.get(vm), machine));
                if (!plain.isEmpty()) {
                    places.add(Place.after(plain.get(vm), machine));
                }
                places.add(Place.of(machine));
                places.addAll(published.get(vm));
                scoring.add(machine, places, series);
            }
        });
        return scoring.report(span, known.size());
    }

    /** The policy as it would decide if it had nothing else to choose from than the baselines. */
    private DecideVm onPlainClasses() {
        return new DecideVm(decide.policy(), Catalog.of(classes.all()), fleet.pricing());
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        String policy = "policy " + decide.policy().bundle().name();
        names.add(policy);
        if (!baselines.isEmpty()) {
            names.add(policy + ", plain classes");
        }
        names.add("stay");
        baselines.forEach(one -> names.add(one.name()));
        return names;
    }

    private List<Place> published(Vm vm, Window past, long decidedAt) {
        return baselines.stream()
                .map(one -> Place.on(classes.cheapest(vm, one.wanted(past, decidedAt)), vm))
                .toList();
    }
}
