package io.regrade.policy;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.regrade.policy.CellGrid.Row;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One decision table of a {@code .drl.csv} file: each row is a rule. Immutable.
 *
 * <p>A table starts with a row {@code RuleTable …}; then come the kinds of its columns ({@code NAME}, {@code CONDITION},
 * {@code ACTION}, {@code METADATA}), the facts, the code with {@code $param} or {@code $1}, the headings, and the rows up
 * to an empty one.
 */
public final class DecisionTable {

    static final String TABLE = "RuleTable";
    static final String CELL = "cell ";
    private static final int ROWS_OF_HEAD = 5;
    private static final Pattern ANNOTATION = Pattern.compile("^(id|owner|why)\\(.*");

    private final String file;
    private final String phase;
    private final List<Row> head;
    private final List<Row> rows;

    private DecisionTable(String file, String phase, List<Row> head, List<Row> rows) {
        this.file = file;
        this.phase = phase;
        this.head = head;
        this.rows = rows;
    }

    /** The tables of a file, in their order; what cannot be read is left out. */
    public static List<DecisionTable> of(String file, String text) {
        return of(file, CellGrid.read(file, text, new ArrayList<>()));
    }

    static List<DecisionTable> of(String file, List<Row> grid) {
        List<DecisionTable> tables = new ArrayList<>();
        String phase = "";
        for (int i = 0; i < grid.size(); i++) {
            String first = grid.get(i).cell(0).text();
            if (first.equalsIgnoreCase("AGENDA-GROUP")) {
                phase = grid.get(i).cell(1).text();
            } else if (first.startsWith(TABLE) && i + ROWS_OF_HEAD <= grid.size()) {
                int from = i + ROWS_OF_HEAD;
                int to = from;
                while (to < grid.size() && !grid.get(to).isEmpty()) {
                    to++;
                }
                tables.add(new DecisionTable(file, phase, grid.subList(i, from), grid.subList(from, to)));
                i = to - 1;
            }
        }
        return tables;
    }

    /** A row, which is a rule. */
    public final class RuleRow {

        private final Row row;

        private RuleRow(Row row) {
            this.row = row;
        }

        /** A cell by its column, from 0. */
        public Cell cell(int column) {
            return row.cell(column);
        }

        /** The rule's {@code @id}, empty when it has none. */
        public String id() {
            return annotations().getOrDefault("id", "");
        }

        Map<String, String> annotations() {
            Map<String, String> found = new HashMap<>();
            for (int c = 0; c < width(); c++) {
                String what = annotation(c);
                if (!what.isEmpty()) {
                    found.put(what, cell(c).text());
                }
            }
            return found;
        }

        /** The rule's name; without one in the table, that of the table and its line, as the compiler names it. */
        String name() {
            String own = nameColumn() < 0 ? "" : cell(nameColumn()).text();
            return own.isEmpty()
                    ? head.get(0).cell(0).text().substring(TABLE.length()).strip() + "_" + row.line()
                    : own;
        }

        int line() {
            return row.line();
        }

        /** Cells beyond the last column. */
        List<Cell> beyond() {
            return row.cells().size() <= width()
                    ? List.of()
                    : row.cells().subList(width(), row.cells().size());
        }
    }

    public String file() {
        return file;
    }

    String phase() {
        return phase;
    }

    /** The rows that are rules. */
    public List<RuleRow> rows() {
        return rows.stream().map(RuleRow::new).toList();
    }

    /** How many columns it has. */
    public int width() {
        return head.get(1).cells().size();
    }

    /** What a column is for, in capitals. */
    String kind(int column) {
        return head.get(1).cell(column).text().toUpperCase(Locale.ROOT);
    }

    Cell kindCell(int column) {
        return head.get(1).cell(column);
    }

    Cell fact(int column) {
        return head.get(2).cell(column);
    }

    Cell code(int column) {
        return head.get(3).cell(column);
    }

    Cell heading(int column) {
        return head.get(4).cell(column);
    }

    /** The column with the rules' names, or -1. */
    public int nameColumn() {
        return columns("NAME").stream().findFirst().orElse(-1);
    }

    /** What a column tells of its rules: {@code id}, {@code owner} or {@code why}; empty for none of these. */
    private String annotation(int column) {
        Matcher annotation = ANNOTATION.matcher(code(column).text());
        return kind(column).equals("METADATA") && annotation.matches() ? annotation.group(1) : "";
    }

    private int annotationColumn(String what) {
        for (int c = 0; c < width(); c++) {
            if (annotation(c).equals(what)) {
                return c;
            }
        }
        return -1;
    }

    /** The columns whose values say when a rule fires and what it concludes. */
    public List<Integer> valueColumns() {
        List<Integer> columns = new ArrayList<>(columns("CONDITION"));
        columns.addAll(columns("ACTION"));
        return columns;
    }

    private List<Integer> columns(String kind) {
        List<Integer> columns = new ArrayList<>();
        for (int c = 0; c < width(); c++) {
            if (kind(c).equals(kind)) {
                columns.add(c);
            }
        }
        return columns;
    }

    /**
     * The cell that became a line of a rule: the value, or the code of its column when that has the word and the value
     * has not.
     *
     * @param number the row's number, from 1
     * @param generated the line that the compiler made of the row
     * @param word what is looked for in it; empty for the line as a whole
     */
    public static Optional<Cell> cellOf(String file, String text, int number, String generated, String word) {
        String made = packed(generated);
        for (DecisionTable table : of(file, text)) {
            for (RuleRow row : table.rows()) {
                if (row.row.number() != number) {
                    continue;
                }
                for (int c : table.valueColumns()) {
                    Cell value = row.cell(c);
                    if (!value.text().isEmpty() && made.contains(packed(table.rendered(c, value.text())))) {
                        boolean ofCode = !word.isEmpty()
                                && !value.text().contains(word)
                                && table.code(c).text().contains(word);
                        boolean ofFact = !word.isEmpty() && table.fact(c).text().contains(word) && !ofCode;
                        return Optional.of(ofCode ? table.code(c) : ofFact ? table.fact(c) : value);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The cell with what stands above the conditions of the rule that a row is.
     *
     * @param line the row's line, from 1
     * @param what {@code name}, {@code id}, {@code owner} or {@code why}
     * @return nothing when the table has no column for it
     */
    public static Optional<Cell> headCell(String file, String text, int line, String what) {
        for (DecisionTable table : of(file, text)) {
            for (RuleRow row : table.rows()) {
                if (row.line() == line) {
                    int column = what.equals("name") ? table.nameColumn() : table.annotationColumn(what);
                    return column < 0 ? Optional.empty() : Optional.of(row.cell(column));
                }
            }
        }
        return Optional.empty();
    }

    /** The line of a row by its number, from 1; another number where a cell above has several lines. */
    public static int lineOf(String text, int number) {
        List<Row> rows = CellGrid.read("", text, new ArrayList<>());
        return number > rows.size() ? number : rows.get(number - 1).line();
    }

    /**
     * A finding that names the cell it is about, as a spreadsheet does; as it is when it is about no cell, or names it.
     *
     * @param files the policy's files by name
     */
    public static Diagnostic named(Diagnostic found, Map<String, String> files) {
        String text = files.get(found.file());
        if (text == null
                || !found.file().endsWith(".csv")
                || found.column() == 0
                || found.message().startsWith(CELL)) {
            return found;
        }
        return CellGrid.read("", text, new ArrayList<>()).stream()
                .flatMap(row -> row.cells().stream())
                .filter(cell -> cell.line() == found.line() && cell.column() == found.column())
                .findFirst()
                .map(cell -> named(found, cell))
                .orElse(found);
    }

    private static Diagnostic named(Diagnostic found, Cell cell) {
        return new Diagnostic(
                found.severity(),
                found.code(),
                found.file(),
                found.line(),
                found.column(),
                CELL + cell.name() + ": " + found.message(),
                found.maybe());
    }

    private String rendered(int column, String value) {
        String made = code(column).text().replace("$param", value);
        List<String> values = values(value);
        for (int i = values.size(); i > 0; i--) {
            made = made.replace("$" + i, values.get(i - 1));
        }
        return made;
    }

    private static String packed(String code) {
        return code.replaceAll("\\s+", "");
    }

    /** The values in one cell: {@code $1}, {@code $2} … of the code of its column. */
    public static List<String> values(String cell) {
        return List.of(cell.split("\\s*,\\s*", -1));
    }

    /**
     * A file with one more column in each of its tables, and more rows.
     *
     * @param column kind, fact, code and heading of the new column
     * @param value what stands in it in the rows there are
     * @param more the rows to add, with a cell for the new column too
     */
    public static String with(
            String text,
            List<DecisionTable> tables,
            List<String> column,
            Function<RuleRow, String> value,
            Function<DecisionTable, List<List<String>>> more) {
        Map<Integer, DecisionTable> heads = new HashMap<>();
        tables.forEach(table -> heads.put(table.head.get(0).number(), table));
        List<Row> grid = CellGrid.read("", text, new ArrayList<>());
        List<List<String>> out = new ArrayList<>();
        for (int i = 0; i < grid.size(); i++) {
            DecisionTable table = heads.get(grid.get(i).number());
            out.add(texts(grid.get(i), grid.get(i).cells().size()));
            if (table == null) {
                continue;
            }
            for (int h = 1; h < ROWS_OF_HEAD; h++) {
                List<String> cells = texts(table.head.get(h), table.width());
                cells.add(column.get(h - 1));
                out.add(cells);
            }
            for (RuleRow row : table.rows()) {
                List<String> cells = texts(row.row, table.width());
                cells.add(value.apply(row));
                out.add(cells);
            }
            out.addAll(more.apply(table));
            i += ROWS_OF_HEAD - 1 + table.rows.size();
        }
        return csv(out);
    }

    private static List<String> texts(Row row, int width) {
        List<String> texts = new ArrayList<>();
        for (int c = 0; c < width; c++) {
            texts.add(row.cell(c).text());
        }
        return texts;
    }

    /** Rows as CSV. */
    static String csv(List<List<String>> rows) {
        StringWriter out = new StringWriter();
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out)) {
            rows.forEach(writer::writeRecord);
        } catch (IOException e) {
            throw new UncheckedIOException("a text can always be written to", e);
        }
        return out.toString();
    }
}
