package io.regrade.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.regrade.fact.Numbers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rows with named columns, printed in any {@link Format}. Numbers stay numbers except in the table. */
final class Rows {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> columns;
    private final List<List<Object>> rows = new ArrayList<>();

    Rows(String... columns) {
        this.columns = List.of(columns);
    }

    /** Adds a row with one cell a column: a text, a number (NaN when unknown) or a {@link Money}. */
    void add(Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(List.of(cells));
    }

    /** US dollars: a number in data, two decimals and a sign in the table. */
    record Money(double usd) {}

    void print(Format format, PrintWriter out) {
        switch (format) {
            case table -> table(out);
            case csv -> csv(out);
            case json -> {
                ArrayNode all = JsonNodeFactory.instance.arrayNode();
                rows.forEach(row -> all.add(object(row)));
                out.println(all.toPrettyString());
            }
            case ndjson -> rows.forEach(row -> out.println(line(object(row))));
        }
        out.flush();
    }

    /** Prints them as a table of Markdown. */
    void markdown(PrintWriter out) {
        out.println("| " + String.join(" | ", columns) + " |");
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < columns.size(); i++) {
            line.append(!rows.isEmpty() && rows.get(0).get(i) instanceof String ? "---|" : "---:|");
        }
        out.println(line);
        rows.forEach(row -> out.println("| "
                + row.stream().map(cell -> shown(cell).replace("|", "\\|")).collect(Collectors.joining(" | ")) + " |"));
        out.flush();
    }

    static String line(ObjectNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    private ObjectNode object(List<Object> row) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < columns.size(); i++) {
            Object cell = plain(row.get(i));
            if (cell instanceof Integer || cell instanceof Long) {
                node.put(columns.get(i), ((Number) cell).longValue());
            } else if (cell instanceof Double number) {
                if (number.isNaN()) {
                    node.putNull(columns.get(i));
                } else {
                    node.put(columns.get(i), number);
                }
            } else if (cell instanceof BigDecimal decimal) {
                node.put(columns.get(i), decimal);
            } else {
                node.put(columns.get(i), cell.toString());
            }
        }
        return node;
    }

    private static Object plain(Object cell) {
        return cell instanceof Money money ? Double.valueOf(money.usd()) : cell;
    }

    private void csv(PrintWriter out) {
        StringWriter text = new StringWriter();
        try (CsvWriter writer =
                CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            writer.writeRecord(columns);
            for (List<Object> row : rows) {
                writer.writeRecord(row.stream()
                        .map(Rows::plain)
                        .map(cell -> cell instanceof Double number && number.isNaN() ? "" : cell.toString())
                        .toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a text can always be written to", e);
        }
        out.print(text);
    }

    private void table(PrintWriter out) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(columns);
        rows.forEach(row -> cells.add(row.stream().map(Rows::shown).toList()));
        int[] widths = new int[columns.size()];
        for (List<String> row : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (int r = 0; r < cells.size(); r++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String text = cells.get(r).get(i);
                String pad = " ".repeat(widths[i] - text.length());
                boolean right = r > 0 && !(rows.get(r - 1).get(i) instanceof String);
                line.append(i == 0 ? "" : "  ").append(right ? pad + text : text + pad);
            }
            out.println(line.toString().stripTrailing());
            if (r == 0) {
                out.println("-".repeat(Math.max(1, line.length())));
            }
        }
    }

    private static String shown(Object cell) {
        if (cell instanceof Money money) {
            return Numbers.dollars(money.usd());
        }
        if (cell instanceof Double number) {
            return number.isNaN() ? "-" : Numbers.show(number);
        }
        return cell.toString();
    }
}
