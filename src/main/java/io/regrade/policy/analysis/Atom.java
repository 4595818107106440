package io.regrade.policy.analysis;

import io.regrade.policy.structure.Expr;

/**
 * One comparison that a rule needs, of amounts or of constants.
 *
 * @param expr as the rule has it
 * @param left its left side, as a name that two rules share for one value
 * @param operator such as {@code ==}
 * @param right its right side, likewise
 */
record Atom(Expr expr, Term left, String operator, Term right) {

    /** Both sides with the names that are shared: equal texts mean the same. */
    String text() {
        return left.text() + " " + operator + " " + right.text();
    }

    /** Whether it compares amounts. */
    boolean isOfAmounts() {
        return !left.isSymbol() && !right.isSymbol();
    }
}
