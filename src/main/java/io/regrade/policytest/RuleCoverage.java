package io.regrade.policytest;

import io.regrade.policy.RuleSource;
import java.util.List;

/**
 * How well the tests cover one rule.
 *
 * @param rule the rule
 * @param cases in how many cases it fired
 * @param firing the cases that expect it to fire, by name, and pass
 * @param nearMisses the cases that expect it not to fire, by name, and pass
 */
public record RuleCoverage(RuleSource rule, int cases, List<CaseResult> firing, List<CaseResult> nearMisses) {

    /** Copies the lists. */
    public RuleCoverage {
        firing = List.copyOf(firing);
        nearMisses = List.copyOf(nearMisses);
    }

    /** Whether a case expects it to fire and another one expects it not to. */
    public boolean isComplete() {
        return !firing.isEmpty() && !nearMisses.isEmpty();
    }
}
