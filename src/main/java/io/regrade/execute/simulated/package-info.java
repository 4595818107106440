/** A cloud in this process, with failures and delays to play with. */
@NullMarked
package io.regrade.execute.simulated;

import org.jspecify.annotations.NullMarked;
