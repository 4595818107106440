/**
 * Policy tests: reads the {@code tests/*_test.yaml} of a policy, decides what they give, and compares it with what they
 * expect. The form of the files is told in {@code docs/policy-tests.md}.
 */
@NullMarked
package io.regrade.policytest;

import org.jspecify.annotations.NullMarked;
