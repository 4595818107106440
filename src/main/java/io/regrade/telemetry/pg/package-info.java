/** Telemetry in PostgreSQL: chunks of samples as they came, and days whose hours are closed. */
@NullMarked
package io.regrade.telemetry.pg;

import org.jspecify.annotations.NullMarked;
