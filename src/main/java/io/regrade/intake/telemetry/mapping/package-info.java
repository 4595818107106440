/** From a monitor's names and labels to machines and measures, as files of the configuration say it. */
@NullMarked
package io.regrade.intake.telemetry.mapping;

import org.jspecify.annotations.NullMarked;
