/** The ledger's ports kept in this process's memory: nothing survives its end. */
@NullMarked
package io.regrade.ledger.memory;

import org.jspecify.annotations.NullMarked;
