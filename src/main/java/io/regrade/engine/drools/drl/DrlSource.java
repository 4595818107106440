package io.regrade.engine.drools.drl;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.policy.DecisionTable;
import io.regrade.policy.structure.Place;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.decisiontable.InputType;
import org.drools.decisiontable.SpreadsheetCompiler;

/** The rules of one file as Drools reads them, and where each of their characters stands in the file. Immutable. */
public final class DrlSource {

    /** A table becomes rules, each under a comment that names its row. */
    private static final Pattern ROW = Pattern.compile("(?m)^// rule values at [A-Z]+(\\d+),.*");

    private final String file;
    private final String written;
    private final String text;
    private final boolean table;
    /** Where in the file an `end` was put that its author forgot, in order. */
    private final int[] ends;

    private final int[] lineStarts;

    private DrlSource(String file, String written, String text, boolean table, int... ends) {
        this.file = file;
        this.written = written;
        this.text = text;
        this.table = table;
        this.ends = ends;
        this.lineStarts = starts(text);
    }

    /**
     * The rules in a file.
     *
     * @throws RuntimeException when Drools cannot make rules of a decision table
     */
    public static DrlSource of(String file, String written) {
        if (!file.endsWith(".csv")) {
            return new DrlSource(file, written, written, false);
        }
        String rules =
                new SpreadsheetCompiler().compile(new ByteArrayInputStream(written.getBytes(UTF_8)), InputType.CSV);
        return new DrlSource(file, written, rules, true);
    }

    public String file() {
        return file;
    }

    /** The rules, as Drools reads them. */
    public String text() {
        return text;
    }

    /** The same place in other rules of this file, such as when some are left out. */
    public DrlSource with(String otherText) {
        return new DrlSource(file, written, otherText, table, ends);
    }

    /**
     * The same file with the ends that are missing in it.
     *
     * @param mended its text with them, {@link MissingEnds#LENGTH} characters each
     * @param places where they were put, as offsets in the file
     */
    DrlSource withEnds(String mended, int... places) {
        return new DrlSource(file, written, mended, table, places.clone());
    }

    /** Whether it is a decision table, whose rules do not stand in the file as they are read. */
    public boolean isTable() {
        return table;
    }

    /**
     * Where a line and a column are in the text.
     *
     * @param line from 1
     * @param column from 0, as Drools counts them
     */
    public int offset(int line, int column) {
        if (line < 1) {
            return 0;
        }
        return Math.min(lineStarts[Math.min(line, lineStarts.length) - 1] + Math.max(0, column), text.length());
    }

    /** Where in the file that stands which is here in the text. */
    public Place place(int offset, int length) {
        int at = Math.max(0, Math.min(offset, text.length()));
        if (table) {
            int end = text.indexOf('\n', at);
            String generated =
                    text.substring(text.lastIndexOf('\n', Math.max(0, at - 1)) + 1, end < 0 ? text.length() : end);
            String word = text.substring(at, Math.min(at + Math.max(0, length), text.length()));
            return DecisionTable.cellOf(file, written, row(at), generated, word)
                    .map(cell -> new Place(file, cell.line(), cell.column(), -1, 0))
                    .orElse(new Place(file, DecisionTable.lineOf(written, row(at)), 0, -1, 0));
        }
        int found = Arrays.binarySearch(lineStarts, at);
        int line = found >= 0 ? found : -found - 2;
        int inFile = inFile(at);
        return new Place(file, line + 1, inFile - inFile(lineStarts[line]) + 1, inFile, length);
    }

    /** The offset in the file of what is here in the text. */
    private int inFile(int at) {
        int offset = at;
        for (int end : ends) {
            offset -= Math.max(0, Math.min(offset - end, MissingEnds.LENGTH));
        }
        return offset;
    }

    /** The row of the table that became the rule at this place; the first line before any. */
    private int row(int offset) {
        int end = text.indexOf('\n', offset);
        Matcher matcher = ROW.matcher(text).region(0, end < 0 ? text.length() : end);
        int row = 1;
        while (matcher.find()) {
            row = Integer.parseInt(matcher.group(1));
        }
        return row;
    }

    private static int[] starts(String text) {
        int[] starts = new int[(int) text.chars().filter(c -> c == '\n').count() + 1];
        int line = 1;
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            starts[line++] = i + 1;
        }
        return starts;
    }
}
