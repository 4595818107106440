package io.regrade.pipeline;

import io.regrade.decision.Decision;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.VmFacts;

/** Looks on while requests are answered. Called on the thread that answers: it takes next to no time, and never throws. */
@FunctionalInterface
public interface LiveTraffic {

    /** Does not look. */
    LiveTraffic UNWATCHED = (facts, time, decision, decide) -> {};

    /**
     * A machine was decided for somebody who waits for the answer.
     *
     * @param decide what decided it; its policy may be closed when this returns
     */
    void decided(VmFacts facts, EvaluationTime time, Decision decision, DecideVm decide);
}
