package io.regrade.policy.structure;

import io.regrade.policy.Diagnostic;

/**
 * Where something stands in the files of a policy.
 *
 * @param file the file, relative to the policy's directory
 * @param line line from 1
 * @param column column from 1, or 0 when the whole line is meant, as in a decision table
 * @param offset how many characters of the file stand before it, or -1 when it does not stand there as it is read, as in
 *     a decision table
 * @param length how many characters it has; 0 when that is unknown
 */
public record Place(String file, int line, int column, int offset, int length) implements Comparable<Place> {

    /** An error here; its sentence may go on with {@code . Maybe …}. */
    public Diagnostic error(String code, String sentence) {
        return Diagnostic.of(Diagnostic.Severity.ERROR, code, file, line, column, sentence);
    }

    /** A warning here; its sentence may go on with {@code . Maybe …}. */
    public Diagnostic warning(String code, String sentence) {
        return Diagnostic.of(Diagnostic.Severity.WARNING, code, file, line, column, sentence);
    }

    @Override
    public int compareTo(Place other) {
        int byFile = file.compareTo(other.file);
        int byLine = byFile != 0 ? byFile : Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    /** {@code file:line:column}, without a column that is not known. */
    @Override
    public String toString() {
        return file + ":" + line + (column == 0 ? "" : ":" + column);
    }
}
