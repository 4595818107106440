package io.regrade.audit;

/**
 * Something that is not as it must be.
 *
 * @param where the thing, such as {@code leaf 17}, {@code tile/0/000} or {@code checkpoint}
 * @param what what is wrong with it
 * @param expected what it should be; empty when that says nothing
 * @param found what it is; empty when that says nothing
 */
public record Defect(String where, String what, String expected, String found) {

    Defect(String where, String what) {
        this(where, what, "", "");
    }

    /** One line. */
    @Override
    public String toString() {
        return where + ": " + what + (expected.isEmpty() ? "" : "; expected " + expected)
                + (found.isEmpty() ? "" : (expected.isEmpty() ? "; found " : ", found ") + found);
    }
}
