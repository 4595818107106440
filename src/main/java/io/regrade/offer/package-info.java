/**
 * Offers: advice put to the people who answer for machines, who accept it, refuse it or bargain over it; and what they are
 * told of it.
 *
 * <p>The adapters are separate rooms: {@code ledger.pg} keeps offers, {@code offer.channel} sends what is told.
 */
@NullMarked
package io.regrade.offer;

import org.jspecify.annotations.NullMarked;
