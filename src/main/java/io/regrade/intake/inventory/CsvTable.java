package io.regrade.intake.inventory;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.RecordType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads a CSV file that fits into memory, a row at a time. */
final class CsvTable extends CsvCallbackHandler<Object> {

    private final String file;
    private final Schema schema;
    private final Problems problems;
    private final Consumer<CsvRow> rows;
    private List<String> cells = new ArrayList<>();
    private @Nullable Map<String, Integer> columns;
    private boolean readable = true;
    private boolean complete = true;
    private boolean empty;
    private long line = 1;

    private CsvTable(String file, Schema schema, Problems problems, Consumer<CsvRow> rows) {
        this.file = file;
        this.schema = schema;
        this.problems = problems;
        this.rows = rows;
    }

    /** Reads a whole file; answers false when there may be rows that were not seen. */
    static boolean read(Source source, Schema schema, Problems problems, Consumer<CsvRow> rows) {
        CsvTable table = new CsvTable(source.name(), schema, problems, rows);
        if (!run(source, table, () -> table.line, problems)) {
            return false;
        }
        if (table.columns == null && table.readable) {
            problems.add(
                    source.name(), 1, "the file has no header. Maybe `" + String.join(",", schema.required()) + "`");
            return false;
        }
        return table.readable && table.complete;
    }

    /**
     * Drives FastCSV over a source and words its errors; the handler is given every record and answers null. Answers
     * whether the end was reached.
     */
    static boolean run(Source source, CsvCallbackHandler<?> handler, LongSupplier line, Problems problems) {
        try (Utf8Reader reader = source.open();
                CsvReader<?> csv = CsvReader.builder()
                        .maxBufferSize(2 * Math.max(source.limits().maxLineChars(), 1 << 17))
                        .allowUnclosedQuote(false)
                        .build(handler, reader)) {
            // The handler gives no records out, so the first step goes through the whole file.
            csv.iterator().forEachRemaining(record -> {});
            return true;
        } catch (UncheckedIOException e) {
            problems.add(source.name(), line.getAsLong(), source.explain(Objects.requireNonNull(e.getCause())));
        } catch (IOException e) {
            problems.add(source.name(), 0, source.explain(e));
        } catch (CsvParseException e) {
            if (e.getCause() instanceof RuntimeException bug) {
                throw bug;
            }
            problems.add(
                    source.name(),
                    line.getAsLong(),
                    "the quotes do not match, or a quoted cell is too long. Maybe a `\"` is missing; one within a"
                            + " quoted cell is written twice");
        }
        return false;
    }

    @Override
    protected RecordType getRecordType() {
        return empty ? RecordType.EMPTY : RecordType.DATA;
    }

    @Override
    protected int getFieldCount() {
        return cells.size();
    }

    @Override
    protected void beginRecord(long startingLine) {
        line = startingLine;
        cells = new ArrayList<>(cells.size());
        empty = false;
    }

    @Override
    protected void addField(char[] text, int offset, int length, boolean quoted) {
        cells.add(length == 0 ? "" : new String(text, offset, length));
    }

    @Override
    protected void setComment(char[] text, int offset, int length) {
        throw new IllegalStateException("comments are not asked for");
    }

    @Override
    protected void setEmpty() {
        empty = true;
    }

    @Override
    protected @Nullable Object buildRecord() {
        if (!empty && readable && !reportMalformed()) {
            if (columns == null) {
                readable = schema.checkHeader(
                        cells.stream().map(String::strip).toList(), message -> problems.add(file, line, message));
                columns = index(cells);
            } else if (cells.size() != columns.size()) {
                complete = false;
                problems.add(file, line, cellCount(cells.size(), columns.size()));
            } else {
                rows.accept(new CsvRow(file, line, columns, cells, problems));
            }
        }
        return null;
    }

    private boolean reportMalformed() {
        for (String cell : cells) {
            if (isMalformed(cell)) {
                problems.add(file, line, NOT_UTF8);
                complete = false;
                readable &= columns != null;
                return true;
            }
        }
        return false;
    }

    /** What is said of bytes that are no UTF-8. */
    static final String NOT_UTF8 = "the line is not UTF-8. Maybe the file was saved in another encoding";

    /** Whether a text has bytes in it that are no UTF-8. */
    static boolean isMalformed(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == Utf8Reader.MALFORMED && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)))) {
                return true;
            }
        }
        return false;
    }

    static String cellCount(int cells, int columns) {
        return "the line has " + cells + (cells == 1 ? " cell" : " cells") + ", the header has " + columns
                + ". Maybe a comma is missing, or a text with a comma has no quotes";
    }

    static Map<String, Integer> index(List<String> header) {
        Map<String, Integer> columns = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            columns.put(header.get(i).strip(), i);
        }
        return columns;
    }
}
