package io.regrade.policy.analysis;

/**
 * One side of a comparison.
 *
 * @param text the same for the same value, whatever rule it stands in
 * @param isSymbol whether it is a constant, a text, true or false, and no amount
 * @param linear its amount; of a product of two unknown amounts, one variable of that name
 * @param isExact whether {@code linear} says all that is known of it
 */
record Term(String text, boolean isSymbol, Linear linear, boolean isExact) {}
