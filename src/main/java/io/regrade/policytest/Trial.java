package io.regrade.policytest;

import io.regrade.fact.Limit;
import java.util.List;
import java.util.Map;

/**
 * A mutant that can be tried without compiling anything.
 *
 * @param mutant the change
 * @param limits what holds under it in each environment that it touches; in the others nothing changes
 * @param rules the ids of the rules that it is about, so that the tests that name them are asked first
 */
record Trial(Mutant mutant, Map<String, List<Limit>> limits, List<String> rules) {}
