package io.regrade.policytest;

/**
 * Whether the tests show what one condition of a rule is for.
 *
 * @param rule the rule's id
 * @param condition how it reads
 * @param file the file, relative to the policy's directory
 * @param line its line, from 1
 * @param column its column, from 1, or 0 when the whole line is meant
 * @param seenTrue whether there is a case in which it held, with all others of its rule
 * @param seenFalse whether there is a case, the near miss, in which it alone did not hold
 */
public record ConditionCoverage(
        String rule, String condition, String file, int line, int column, boolean seenTrue, boolean seenFalse) {

    /** Whether it was seen both ways. */
    public boolean isComplete() {
        return seenTrue && seenFalse;
    }
}
