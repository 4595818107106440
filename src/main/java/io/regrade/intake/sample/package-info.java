/**
 * A fleet that never was: machines, samples, modules, agreements and three invented clouds, for demonstrations and
 * benchmarks.
 *
 * <p>Everything follows from a seed and a moment: the same options give the same files on every machine and JDK, which is
 * why only {@link java.lang.StrictMath} and the raw output of {@link java.util.SplittableRandom} are used.
 */
@NullMarked
package io.regrade.intake.sample;

import org.jspecify.annotations.NullMarked;
