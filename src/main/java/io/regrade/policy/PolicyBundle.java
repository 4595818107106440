package io.regrade.policy;

import io.regrade.fact.Limit;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * One version of a policy: its files and what they declare. Immutable, safe to share.
 *
 * @param name the policy's name
 * @param description what it is for
 * @param digest {@code sha256:} and 64 hexadecimal digits over the names and contents of all its files
 * @param files the rule files by path relative to the policy's directory: {@code .drl}, {@code .drl.csv}, and
 *     {@code .dslr} with each sentence put into the rule language, in its own line
 * @param rules the rules in the {@code .drl} files and the rows of the decision tables
 * @param tests the test files by path relative to the policy's directory: {@code tests/*_test.yaml}
 * @param parameters what {@code policy.yaml} declares, and the numbers that sentences state
 * @param written every file of the policy as it was written, by path: what the digest is made of
 * @param limits the values of all parameters for each environment that the limits table names, and {@code default}
 */
public record PolicyBundle(
        String name,
        String description,
        String digest,
        SortedMap<String, String> files,
        List<RuleSource> rules,
        SortedMap<String, String> tests,
        List<Parameter> parameters,
        SortedMap<String, String> written,
        Map<String, List<Limit>> limits) {

    /** The environment of machines that name none, or one that the limits table does not know. */
    public static final String DEFAULT_ENVIRONMENT = "default";

    /** Copies the collections. */
    public PolicyBundle {
        files = java.util.Collections.unmodifiableSortedMap(new java.util.TreeMap<>(files));
        rules = List.copyOf(rules);
        tests = java.util.Collections.unmodifiableSortedMap(new java.util.TreeMap<>(tests));
        parameters = List.copyOf(parameters);
        written = java.util.Collections.unmodifiableSortedMap(new java.util.TreeMap<>(written));
        limits = Map.copyOf(limits);
    }

    /** The same policy with other test files beside it, by path; the digest stays that of its own files. */
    public PolicyBundle withTests(SortedMap<String, String> others) {
        return new PolicyBundle(name, description, digest, files, rules, others, parameters, written, limits);
    }

    /** The limits that hold in an environment. */
    public List<Limit> limitsFor(String environment) {
        List<Limit> own = limits.get(environment);
        if (own != null) {
            return own;
        }
        return limits.getOrDefault(DEFAULT_ENVIRONMENT, List.of());
    }

    /** The value of one parameter in an environment, or NaN when the policy has no such parameter. */
    public double limit(String environment, String parameter) {
        for (Limit limit : limitsFor(environment)) {
            if (limit.name().equals(parameter)) {
                return limit.value();
            }
        }
        return Double.NaN;
    }
}
