package io.regrade.policytest;

import io.regrade.decision.Decision;
import java.util.List;

/**
 * How one case went.
 *
 * @param suite the name of its suite
 * @param name the sentence that names it
 * @param file the test file, relative to the policy's directory
 * @param line the line of the case, from 1
 * @param decisions what was decided, in the order of its machines
 * @param differences what is not as expected; empty when it passed
 * @param seconds how long its decisions took
 */
public record CaseResult(
        String suite,
        String name,
        String file,
        int line,
        List<Decision> decisions,
        List<Difference> differences,
        double seconds) {

    /** Copies the lists. */
    public CaseResult {
        decisions = List.copyOf(decisions);
        differences = List.copyOf(differences);
    }

    /** The same with other differences. */
    CaseResult with(List<Difference> others) {
        return new CaseResult(suite, name, file, line, decisions, others, seconds);
    }

    /** Whether everything was as expected. */
    public boolean passed() {
        return differences.isEmpty();
    }
}
