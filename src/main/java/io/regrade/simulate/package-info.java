/**
 * Arithmetic that projects a virtual machine's usage and cost on a target.
 *
 * <p>Purpose: what would be seen, paid and risked there, from the measured distributions alone. Headroom is not its
 * matter: how much spare capacity is wanted is said by rules. A month has 730 hours (8,760 hours a year, divided by
 * 12). Everything here is immutable and safe to share between threads.
 */
@NullMarked
package io.regrade.simulate;

import org.jspecify.annotations.NullMarked;
