package io.regrade.policy;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the heads of the rules in one decision table, {@code .drl.csv}: each row is a rule.
 *
 * <p>A table starts with a row {@code RuleTable …}; then come the kinds of its columns ({@code NAME}, {@code CONDITION},
 * {@code ACTION}, {@code METADATA}), the facts, the code with {@code $param} or {@code $1}, the headings, and the rows up
 * to an empty one.
 */
final class TableFile {

    private static final Pattern ANNOTATION = Pattern.compile("^(id|owner|why)\\(.*");
    private static final String TABLE = "RuleTable";
    private static final int ROWS_OF_HEAD = 5;

    private TableFile() {}

    /** The rules of a table's rows. */
    static List<RuleSource> rulesOf(String file, String text, List<Diagnostic> problems) {
        List<CsvRecord> rows;
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .skipEmptyLines(false)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(text)) {
            rows = reader.stream().toList();
        } catch (CsvParseException | IOException e) {
            problems.add(Diagnostic.error("bad-table", file, 0, "the table is not CSV"));
            return List.of();
        }
        List<RuleSource> rules = new ArrayList<>();
        String phase = "";
        for (int i = 0; i < rows.size(); i++) {
            String first = cell(rows.get(i), 0);
            if (first.equalsIgnoreCase("AGENDA-GROUP")) {
                phase = cell(rows.get(i), 1);
            } else if (first.startsWith(TABLE) && i + ROWS_OF_HEAD <= rows.size()) {
                int from = i + ROWS_OF_HEAD;
                int to = from;
                while (to < rows.size() && !isEmpty(rows.get(to))) {
                    rules.add(rule(file, phase, rows.subList(i, from), rows.get(to)));
                    to++;
                }
                i = to - 1;
            }
        }
        if (rules.isEmpty()) {
            problems.add(Diagnostic.error(
                    "bad-table",
                    file,
                    0,
                    "there is no decision table with rows. Maybe begin one with `RuleTable …` in the first column"));
        }
        return rules;
    }

    private static RuleSource rule(String file, String phase, List<CsvRecord> head, CsvRecord row) {
        CsvRecord kinds = head.get(1);
        CsvRecord facts = head.get(2);
        CsvRecord code = head.get(3);
        CsvRecord headings = head.get(4);
        int line = (int) row.getStartingLineNumber();
        String name = ""; // without one, Drools names it after the table and its row
        String id = "";
        String owner = "";
        String why = "";
        StringBuilder source = new StringBuilder();
        for (int c = 0; c < kinds.getFieldCount(); c++) {
            String value = cell(row, c);
            String template = cell(code, c);
            Matcher annotation = ANNOTATION.matcher(template);
            switch (cell(kinds, c).toUpperCase(Locale.ROOT)) {
                case "NAME" -> name = value;
                case "METADATA" -> {
                    if (annotation.matches()) {
                        switch (annotation.group(1)) {
                            case "id" -> id = value;
                            case "owner" -> owner = value;
                            default -> why = value;
                        }
                    }
                }
                case "CONDITION" ->
                    source.append(cell(headings, c) + " `" + value + "`: " + cell(facts, c) + "(" + template + ")\n");
                case "ACTION" -> source.append(cell(headings, c) + " `" + value + "`: " + template + "\n");
                default -> {}
            }
        }
        return new RuleSource(
                id,
                name.isEmpty() ? cell(head.get(0), 0).substring(TABLE.length()).strip() + "_" + line : name,
                owner,
                why,
                phase,
                file,
                line,
                source.toString(),
                RuleFile.parametersOf(source.toString()));
    }

    private static boolean isEmpty(CsvRecord row) {
        return row.getFields().stream().allMatch(String::isBlank);
    }

    private static String cell(CsvRecord row, int column) {
        return column < row.getFieldCount() ? row.getField(column).strip() : "";
    }
}
