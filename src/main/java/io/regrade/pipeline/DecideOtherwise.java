package io.regrade.pipeline;

import io.regrade.decision.Decision;
import io.regrade.ledger.Evidence;
import java.util.List;

/**
 * Decides a stored decision's machine again with one number changed and everything else as it was, for who tries numbers by
 * hand; {@link FindCounterfactuals} looks for the smallest ones by itself. Thread-safe.
 */
public final class DecideOtherwise {

    private static final int ONCE = 2;

    private final PastEvaluations past;

    /** Decides with policies and catalogues that are kept there. */
    public DecideOtherwise(PastEvaluations past) {
        this.past = past;
    }

    /**
     * A number that can be changed.
     *
     * @param name the fact and the field, such as {@code usage.vcpu.p99}
     * @param words how a sentence calls it
     * @param unit its unit
     * @param from what it is
     * @param least the least it may be
     * @param greatest the greatest it may be
     */
    public record Dial(String name, String words, String unit, double from, double least, double greatest) {}

    /**
     * What comes of it.
     *
     * @param actual what is decided in the actual circumstances
     * @param otherwise what is decided with the other number
     */
    public record Outcome(Decision actual, Decision otherwise) {

        /** Whether other advice is given. */
        public boolean turned() {
            return !Counterfactual.Outcome.of(actual).equals(Counterfactual.Outcome.of(otherwise));
        }
    }

    /**
     * The numbers that a decision depends on.
     *
     * @throws EvidenceException when a part of the evidence is not what its digest says, or cannot be read
     */
    public List<Dial> dials(Evidence evidence) {
        try (PastEvaluations.Reopened reopened = past.open(evidence, null)) {
            Decision decision = reopened.decide().decide(reopened.facts(), reopened.time());
            return new Variations(
                            circumstances(reopened),
                            decision,
                            reopened.decide().policy().bundle())
                    .quantities.stream()
                            .map(one -> new Dial(
                                    name(one), one.words(), one.unit(), one.from(), one.least(), one.greatest()))
                            .toList();
        }
    }

    /**
     * Decides with another number; one beyond its bounds is taken as the nearest within them.
     *
     * @throws UnknownFactException when the decision depends on no such number
     * @throws EvidenceException when a part of the evidence is not what its digest says, or cannot be read
     */
    public Outcome decide(Evidence evidence, String name, double value) {
        try (PastEvaluations.Reopened reopened = past.open(evidence, null)) {
            Decision decision = reopened.decide().decide(reopened.facts(), reopened.time());
            Circumstances actual = circumstances(reopened);
            Quantity quantity = new Variations(
                            actual, decision, reopened.decide().policy().bundle())
                    .quantities.stream()
                            .filter(one -> name(one).equals(name))
                            .findFirst()
                            .orElseThrow(() -> new UnknownFactException(
                                    "this decision has no number `" + name + "` that can be varied"));
            Trials trials = new Trials(reopened.decide(), reopened.time(), actual, ONCE);
            double within = Math.max(quantity.least(), Math.min(quantity.greatest(), value));
            double varied = quantity.isFactor() ? within / quantity.from() : within;
            return new Outcome(decision, trials.inFull(quantity.at().apply(varied)));
        }
    }

    private static Circumstances circumstances(PastEvaluations.Reopened reopened) {
        return new Circumstances(
                reopened.facts(),
                reopened.decide()
                        .policy()
                        .bundle()
                        .limitsFor(reopened.facts().vm().environment()),
                null);
    }

    private static String name(Quantity quantity) {
        return quantity.fact() + "." + quantity.field();
    }
}
