package io.regrade.policytest;

import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Pricing;
import io.regrade.fact.Target;
import io.regrade.fact.VmFacts;
import java.util.List;

/**
 * One case of a test file: what is given and what is expected.
 *
 * @param suite the name of its suite
 * @param name the sentence that names it
 * @param file the file, relative to the policy's directory
 * @param line the line of the case, from 1
 * @param at the moment it is decided at
 * @param vms the machines
 * @param targets what they can be moved to
 * @param pricing the business model
 * @param expectations what is expected of the machines; each machine is there once
 */
record TestCase(
        String suite,
        String name,
        String file,
        int line,
        EvaluationTime at,
        List<VmFacts> vms,
        List<Target> targets,
        Pricing pricing,
        List<Expectation> expectations) {

    /** Copies the lists. */
    TestCase {
        vms = List.copyOf(vms);
        targets = List.copyOf(targets);
        expectations = List.copyOf(expectations);
    }
}
