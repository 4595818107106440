/** What is wrong with single rules, found in their structure: names, types, parameters, thresholds, unknown amounts, clocks. */
@NullMarked
package io.regrade.policy.check;

import org.jspecify.annotations.NullMarked;
