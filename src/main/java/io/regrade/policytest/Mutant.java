package io.regrade.policytest;

/**
 * A small change of a policy that its tests should notice: if none does, nothing holds that part of the policy in place.
 *
 * @param kind what was changed
 * @param subject the parameter's name or the rule's id
 * @param file where, relative to the policy's directory
 * @param line the line, from 1
 * @param column the column, from 1, or 0 when the whole line is meant
 * @param change what was changed into what
 */
public record Mutant(Kind kind, String subject, String file, int line, int column, String change)
        implements Comparable<Mutant> {

    /** What a mutant changes. */
    public enum Kind {
        /** The default of a parameter. */
        PARAMETER,
        /** A value of the limits table. */
        LIMIT,
        /** A comparison in a rule's conditions. */
        OPERATOR,
        /** A value of a decision table. */
        CELL
    }

    @Override
    public int compareTo(Mutant other) {
        int byFile = file.compareTo(other.file);
        int byLine = byFile != 0 ? byFile : Integer.compare(line, other.line);
        int byColumn = byLine != 0 ? byLine : Integer.compare(column, other.column);
        return byColumn != 0 ? byColumn : change.compareTo(other.change);
    }

    @Override
    public String toString() {
        return file + ":" + line + (column == 0 ? "" : ":" + column) + ": " + change;
    }
}
