package io.regrade.pipeline;

import io.regrade.catalog.Catalog;
import io.regrade.decision.Decision;
import io.regrade.engine.Evaluator;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Decides one machine under other circumstances, a bounded number of times. Used by one thread.
 *
 * <p>While one target's price or availability is varied, only those targets are in the catalogue that support what is
 * required, since no other can be chosen whatever that target costs, and the machine's own class. {@link #inFull} takes
 * all of them, and is what a result is verified with.
 */
final class Trials {

    private final Evaluator evaluator;
    private final Catalog catalog;
    private final EvaluationTime time;
    private final Circumstances actual;
    private final int most;
    private final List<Target> few;
    private int evaluations;

    Trials(DecideVm decide, EvaluationTime time, Circumstances actual, int most) {
        this.evaluator = decide.evaluator();
        this.catalog = decide.catalog();
        this.time = time;
        this.actual = actual;
        this.most = most;
        Set<Target> targets = new LinkedHashSet<>(evaluator.supporting(actual.facts(), time));
        evaluations = 1;
        Vm vm = actual.facts().vm();
        for (Target target : catalog.targets()) {
            if (Objects.equals(target.type(), vm.type())
                    && Objects.equals(target.region(), vm.region())
                    && Objects.equals(target.cloud(), vm.cloud())) {
                targets.add(target);
            }
        }
        few = List.copyOf(targets);
    }

    /** Whether no more evaluations are to be made. */
    boolean areUsedUp() {
        return left() <= 0;
    }

    /** How many more are to be made at most. */
    int left() {
        return most - evaluations;
    }

    /** How many were made. */
    int evaluations() {
        return evaluations;
    }

    Decision decide(Circumstances circumstances) {
        return decide(circumstances, few);
    }

    /** The same with every target of the catalogue. */
    Decision inFull(Circumstances circumstances) {
        return decide(circumstances, catalog.targets());
    }

    private Decision decide(Circumstances circumstances, List<Target> targets) {
        evaluations++;
        Evaluator suited =
                circumstances.limits() == actual.limits() ? evaluator : evaluator.withLimits(circumstances.limits());
        Target replaced = circumstances.replaced();
        if (replaced != null) {
            List<Target> others = new ArrayList<>(targets);
            others.replaceAll(target -> target.id().equals(replaced.id()) ? replaced : target);
            suited = suited.withCatalog(Catalog.of(others));
        }
        return suited.evaluate(circumstances.facts(), time);
    }
}
