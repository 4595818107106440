/**
 * Decides on the first days of what was measured, and scores on the rest: the policy, and published recommenders beside
 * it. What decides sees a {@link io.regrade.backtest.Window} that ends at the moment of the decision; what came later is
 * read for the score alone.
 */
@NullMarked
package io.regrade.backtest;

import org.jspecify.annotations.NullMarked;
