package io.regrade.intake.inventory;

/**
 * Something wrong with what was given.
 *
 * @param place the file, or the JSON pointer, which is empty for the whole of a request
 * @param line line in the file, counted from 1; 0 when the problem is of the whole file or a JSON pointer says where
 * @param message what is wrong and what was perhaps meant, input in backticks
 */
public record Problem(String place, long line, String message) {

    /** The problem as it is shown: {@code file:line: what is wrong. Maybe …}. */
    @Override
    public String toString() {
        return (place.isEmpty() ? "" : place + (line > 0 ? ":" + line : "") + ": ") + message;
    }
}
