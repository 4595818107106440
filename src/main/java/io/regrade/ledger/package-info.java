/**
 * What the server remembers, behind ports: the inventory it decides on, and the decisions it has made.
 *
 * <p>Adapters are separate rooms, such as {@code ledger.memory}; each passes the same contract tests.
 */
@NullMarked
package io.regrade.ledger;

import org.jspecify.annotations.NullMarked;
