/**
 * What is known about one virtual machine and what the rules conclude from it, as immutable records.
 *
 * <p>Every quantity names its unit. A {@code double} that is {@link java.lang.Double#NaN} is <em>unknown</em>: it
 * compares false with everything, so that no rule can fire on what was never measured; it is never zero. A
 * {@code null} text is unknown in the same way. Records are safe to share between threads.
 */
@NullMarked
package io.regrade.fact;

import org.jspecify.annotations.NullMarked;
