/** Prometheus remote write: what senders put into a body, sample by sample. */
@NullMarked
package io.regrade.intake.telemetry.remote;

import org.jspecify.annotations.NullMarked;
