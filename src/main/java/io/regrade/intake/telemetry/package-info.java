/**
 * What machines used: measured samples and stated summaries become {@link io.regrade.fact.Usage} facts.
 *
 * <p>This package owns the quantile sketches. A cell that was not measured is not a zero: it never enters a statistic,
 * and a resource without any measurement has no usage at all.
 */
@NullMarked
package io.regrade.intake.telemetry;

import org.jspecify.annotations.NullMarked;
