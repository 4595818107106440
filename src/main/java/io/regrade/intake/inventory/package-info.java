/**
 * Fleets from outside: directories of CSV files and JSON requests become facts, completely or not at all.
 *
 * <p>Both forms go through one mapping ({@code FactRows}) with one set of checks ({@code Fields}). Whatever is wrong is
 * reported together, each {@link io.regrade.intake.inventory.Problem} with its file and line or its JSON pointer. An
 * empty cell is unknown, never zero.
 */
@NullMarked
package io.regrade.intake.inventory;

import org.jspecify.annotations.NullMarked;
