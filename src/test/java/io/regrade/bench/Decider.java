package io.regrade.bench;

import io.regrade.fact.EvaluationTime;
import io.regrade.fact.VmFacts;

/** One way to decide a machine. */
@FunctionalInterface
interface Decider {

    Answer decide(VmFacts facts, EvaluationTime time);
}
