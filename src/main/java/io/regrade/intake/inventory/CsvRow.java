package io.regrade.intake.inventory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One line of a CSV file under its header. */
final class CsvRow implements FieldSource {

    private static final String SEPARATOR = ";";

    private final String file;
    private final long line;
    private final Map<String, Integer> columns;
    private final List<String> cells;
    private final Problems problems;

    CsvRow(String file, long line, Map<String, Integer> columns, List<String> cells, Problems problems) {
        this.file = file;
        this.line = line;
        this.columns = columns;
        this.cells = cells;
        this.problems = problems;
    }

    @Override
    public Set<String> names() {
        return columns.keySet();
    }

    @Override
    public @Nullable String text(String name) {
        Integer column = columns.get(name);
        String text = column == null ? "" : cells.get(column).strip();
        return text.isEmpty() ? null : text;
    }

    @Override
    public boolean isNumber(String name) {
        return true;
    }

    @Override
    public List<String> list(String name) {
        return split(text(name));
    }

    /** The entries of a list in one cell. */
    static List<String> split(@Nullable String text) {
        List<String> entries = new ArrayList<>();
        if (text != null) {
            for (String entry : text.split(SEPARATOR)) {
                if (!entry.isBlank()) {
                    entries.add(entry.strip());
                }
            }
        }
        return entries;
    }

    @Override
    public Map<String, String> map(String name) {
        return words(list(name));
    }

    /** Reads {@code key=value}, or a plain word. */
    static Map<String, String> words(List<String> entries) {
        Map<String, String> words = new LinkedHashMap<>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                words.put(
                        entry.substring(0, equals).strip(),
                        entry.substring(equals + 1).strip());
            } else {
                words.put(entry, "true");
            }
        }
        return words;
    }

    /** The line it starts at. */
    long line() {
        return line;
    }

    @Override
    public void problem(String name, String message) {
        problems.add(file, line, message);
    }
}
