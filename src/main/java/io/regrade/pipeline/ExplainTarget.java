package io.regrade.pipeline;

import io.regrade.catalog.Catalog;
import io.regrade.engine.Examination;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Suggestion;
import io.regrade.fact.Target;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.Evidence;
import java.util.List;

/** Says why a decision did not choose a target, by making it again and having the same rules look at it. Thread-safe. */
public final class ExplainTarget {

    private static final int NAMED = 3;

    private final PastEvaluations past;

    /** Explains with policies and catalogues that are kept there. */
    public ExplainTarget(PastEvaluations past) {
        this.past = past;
    }

    /**
     * Why a stored decision did not choose a target.
     *
     * @param target its id, in the catalogue that the decision was made with
     * @throws UnknownTargetException when the catalogue has no such target
     * @throws EvidenceException when a part of the evidence is not what its digest says, or cannot be read
     */
    public WhyNot whyNot(Evidence evidence, String target) {
        try (PastEvaluations.Reopened reopened = past.open(evidence, null)) {
            DecideVm decide = reopened.decide();
            Examination examination = decide.examine(reopened.facts(), reopened.time(), find(decide.catalog(), target));
            Remade remade = new Remade(examination.decision(), reopened.decision(), evidence.engine());
            return WhyNot.of(remade, examination, decide.policy().bundle().rules());
        }
    }

    /**
     * Why a target would not be chosen for a machine now.
     *
     * @throws UnknownTargetException when the catalogue has no such target
     */
    public static WhyNot whyNot(DecideVm decide, VmFacts facts, EvaluationTime time, String target) {
        Examination examination = decide.examine(facts, time, find(decide.catalog(), target));
        return WhyNot.of(
                new Remade(examination.decision(), null, null),
                examination,
                decide.policy().bundle().rules());
    }

    private static Target find(Catalog catalog, String id) {
        return catalog.byId(id).orElseThrow(() -> {
            List<String> nearest = Suggestion.nearest(
                    id, catalog.targets().stream().map(Target::id).toList(), NAMED);
            return new UnknownTargetException("the catalogue of this decision has no target `" + id + "`. Maybe "
                    + (nearest.isEmpty() ? "none: it is empty" : "`" + String.join("`, `", nearest) + "`"));
        });
    }
}
