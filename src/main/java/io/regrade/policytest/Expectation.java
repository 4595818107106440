package io.regrade.policytest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a case expects of one machine's decision.
 *
 * @param vm the machine's id
 * @param line where it is stated, from 1
 * @param fields what is expected, by the names that {@code docs/policy-tests.md} lists
 * @param lines where each field is
 * @param fired rules that must fire
 * @param notFired rules that must not fire
 */
record Expectation(String vm, int line, ObjectNode fields, Lines lines, List<String> fired, List<String> notFired) {}
