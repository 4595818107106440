package io.regrade.policy;

/**
 * Something about a policy that its author should know.
 *
 * @param severity how bad it is
 * @param code a stable name for this kind of finding, such as {@code missing-id}
 * @param file the file, relative to the policy's directory
 * @param line line from 1, or 0 when the whole file is meant
 * @param column column from 1, or 0 when the whole line is meant
 * @param message what is wrong, and what may be meant instead
 */
public record Diagnostic(Severity severity, String code, String file, int line, int column, String message)
        implements Comparable<Diagnostic> {

    /** How bad a finding is. */
    public enum Severity {
        /** The policy cannot be used. */
        ERROR,
        /** The policy works, but probably not as meant. */
        WARNING
    }

    /** An error at a line. */
    public static Diagnostic error(String code, String file, int line, String message) {
        return new Diagnostic(Severity.ERROR, code, file, line, 0, message);
    }

    /** A warning at a line. */
    public static Diagnostic warning(String code, String file, int line, String message) {
        return new Diagnostic(Severity.WARNING, code, file, line, 0, message);
    }

    @Override
    public int compareTo(Diagnostic other) {
        int byFile = file.compareTo(other.file);
        int byLine = byFile != 0 ? byFile : Integer.compare(line, other.line);
        int byColumn = byLine != 0 ? byLine : Integer.compare(column, other.column);
        return byColumn != 0 ? byColumn : message.compareTo(other.message);
    }

    /** {@code file:line:column: severity: message [code]}, without what is not known of the place. */
    @Override
    public String toString() {
        String place = line == 0 ? file : column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
        return place + ": " + (severity == Severity.ERROR ? "" : "warning: ") + message + " [" + code + "]";
    }
}
