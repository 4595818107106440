/**
 * What is known about one virtual machine and what the rules conclude from it, as immutable records.
 *
 * <p>Every quantity names its unit. A {@code double} that is {@link java.lang.Double#NaN} is <em>unknown</em>, never
 * zero: {@code <}, {@code >} and {@code ==} are false for it, so that no rule can fire on what was never measured. Not
 * so {@code >=} and {@code <=}, which Drools compares as {@link Double#compare} does, with the unknown above all numbers:
 * a rule that needs them asks first whether the amount is known, as in {@code savingKnown == true}. A
 * {@code null} text is unknown in the same way. Records are safe to share between threads.
 */
@NullMarked
package io.regrade.fact;

import org.jspecify.annotations.NullMarked;
