package io.regrade.policy;

/**
 * Something about a policy that its author should know.
 *
 * @param severity how bad it is
 * @param code a stable name for this kind of finding, such as {@code missing-id}; {@code docs/rules/diagnostics} has a
 *     page for each
 * @param file the file, relative to the policy's directory
 * @param line line from 1, or 0 when the whole file is meant
 * @param column column from 1, or 0 when the whole line is meant
 * @param message what is wrong, as a sentence without its stop
 * @param maybe what may be meant instead, such as the nearest name in backticks; empty when nothing can be said
 */
public record Diagnostic(
        Severity severity, String code, String file, int line, int column, String message, String maybe)
        implements Comparable<Diagnostic> {

    private static final String MAYBE = ". Maybe ";

    /** How bad a finding is. */
    public enum Severity {
        /** The policy cannot be used. */
        ERROR,
        /** The policy works, but probably not as meant. */
        WARNING
    }

    /** A finding whose sentence may go on with {@code . Maybe …}, which is taken apart. */
    public static Diagnostic of(Severity severity, String code, String file, int line, int column, String sentence) {
        int at = sentence.indexOf(MAYBE);
        return new Diagnostic(
                severity,
                code,
                file,
                line,
                column,
                at < 0 ? sentence : sentence.substring(0, at),
                at < 0 ? "" : sentence.substring(at + MAYBE.length()));
    }

    /** An error at a line; its sentence may go on with {@code . Maybe …}. */
    public static Diagnostic error(String code, String file, int line, String sentence) {
        return of(Severity.ERROR, code, file, line, 0, sentence);
    }

    /** A warning at a line; its sentence may go on with {@code . Maybe …}. */
    public static Diagnostic warning(String code, String file, int line, String sentence) {
        return of(Severity.WARNING, code, file, line, 0, sentence);
    }

    /** The same finding in a file of another name, such as with the directory before it. */
    public Diagnostic in(String otherFile) {
        return new Diagnostic(severity, code, otherFile, line, column, message, maybe);
    }

    /** The whole sentence: what is wrong, and what may be meant. */
    public String sentence() {
        return maybe.isEmpty() ? message : message + MAYBE + maybe;
    }

    /** Whether the policy cannot be used because of it. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    @Override
    public int compareTo(Diagnostic other) {
        int byFile = file.compareTo(other.file);
        int byLine = byFile != 0 ? byFile : Integer.compare(line, other.line);
        int byColumn = byLine != 0 ? byLine : Integer.compare(column, other.column);
        int byCode = byColumn != 0 ? byColumn : code.compareTo(other.code);
        return byCode != 0 ? byCode : message.compareTo(other.message);
    }

    /** {@code file:line:column: severity: sentence [code]}, without what is not known of the place. */
    @Override
    public String toString() {
        String place = line == 0 ? file : column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
        return place + ": " + (isError() ? "" : "warning: ") + sentence() + " [" + code + "]";
    }
}
