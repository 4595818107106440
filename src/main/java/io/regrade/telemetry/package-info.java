/**
 * Where what monitors measure is kept, behind a port: samples come in, statistics of any window come out. It decides what
 * counts once; what a sample means is decided by {@link io.regrade.intake.telemetry}.
 */
@NullMarked
package io.regrade.telemetry;

import org.jspecify.annotations.NullMarked;
