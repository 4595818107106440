/** One state of the inventory in memory, and how a change makes the next one of it. */
@NullMarked
package io.regrade.ledger.memory;

import org.jspecify.annotations.NullMarked;
