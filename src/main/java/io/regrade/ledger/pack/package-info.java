/**
 * Canonical JSON in little space: what bodies of one purpose have in common is learnt once, each body says what is its
 * own. Purely mechanical and exact to the byte: it knows nothing of what the JSON means.
 */
@NullMarked
package io.regrade.ledger.pack;

import org.jspecify.annotations.NullMarked;
