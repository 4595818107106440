/**
 * What the server remembers, behind ports: the inventory it decides on, and the decisions it has made.
 *
 * <p>The adapter is a separate room, {@code ledger.pg}.
 */
@NullMarked
package io.regrade.ledger;

import org.jspecify.annotations.NullMarked;
