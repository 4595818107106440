package io.regrade.pipeline;

import io.regrade.fact.Limit;
import io.regrade.fact.Target;
import io.regrade.fact.VmFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decision is made of, as far as a counterfactual varies it.
 *
 * @param facts what is known of the machine
 * @param limits the policy's parameters for it
 * @param replaced a target that stands for the one with its id in the catalogue, null for the catalogue as it is
 */
record Circumstances(
        VmFacts facts, List<Limit> limits, @Nullable Target replaced) {

    Circumstances with(VmFacts others) {
        return new Circumstances(others, limits, replaced);
    }

    Circumstances with(List<Limit> others) {
        return new Circumstances(facts, others, replaced);
    }

    Circumstances with(Target other) {
        return new Circumstances(facts, limits, other);
    }
}
