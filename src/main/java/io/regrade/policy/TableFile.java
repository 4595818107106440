package io.regrade.policy;

import io.regrade.fact.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the heads of the rules in one file of decision tables, {@code .drl.csv}, and says which cells are wrong. */
final class TableFile {

    private static final List<String> KINDS = List.of("NAME", "CONDITION", "ACTION", "METADATA", "DESCRIPTION");
    private static final List<String> CODED = List.of("CONDITION", "ACTION", "METADATA");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$(\\d+)");

    private TableFile() {}

    /** The rules of a table's rows. */
    static List<RuleSource> rulesOf(String file, String text, List<Diagnostic> problems) {
        int before = problems.size();
        List<CellGrid.Row> grid = CellGrid.read(file, text, problems);
        if (problems.size() > before) {
            return List.of();
        }
        List<RuleSource> rules = new ArrayList<>();
        for (DecisionTable table : DecisionTable.of(file, grid)) {
            checkColumns(table, problems);
            for (DecisionTable.RuleRow row : table.rows()) {
                checkCells(table, row, problems);
                rules.add(rule(table, row));
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

    private static void checkColumns(DecisionTable table, List<Diagnostic> problems) {
        for (int c = 0; c < table.width(); c++) {
            String kind = table.kind(c);
            Cell cell = table.kindCell(c);
            if (!cell.text().isEmpty() && !KINDS.contains(kind)) {
                problems.add(PolicyReader.at(
                        "bad-table",
                        table.file(),
                        cell,
                        "`" + cell.text() + "` is not a kind of column. Maybe " + Suggestion.nearest(kind, KINDS)));
            } else if (CODED.contains(kind) && table.code(c).text().isEmpty()) {
                problems.add(PolicyReader.at(
                        "bad-table",
                        table.file(),
                        table.code(c),
                        "the column `" + table.heading(c).text() + "` has no code. Maybe `"
                                + (kind.equals("METADATA") ? "id(\"$param\")" : "… $param …") + "`"));
            }
        }
    }

    private static void checkCells(DecisionTable table, DecisionTable.RuleRow row, List<Diagnostic> problems) {
        for (int c : table.valueColumns()) {
            Cell cell = row.cell(c);
            int asked = 0;
            Matcher placeholder = PLACEHOLDER.matcher(table.code(c).text());
            while (placeholder.find()) {
                asked = Math.max(asked, Integer.parseInt(placeholder.group(1)));
            }
            int given = DecisionTable.values(cell.text()).size();
            if (!cell.text().isEmpty() && asked > given) {
                problems.add(PolicyReader.at(
                        "bad-table",
                        table.file(),
                        cell,
                        "`" + cell.text() + "` is " + given + (given == 1 ? " value" : " values")
                                + ", the code of the column asks for " + asked + ". Maybe separate them with `,`"));
            }
        }
        row.beyond().stream()
                .filter(cell -> !cell.text().isEmpty())
                .forEach(cell -> problems.add(PolicyReader.at(
                        "bad-table",
                        table.file(),
                        cell,
                        "`" + cell.text()
                                + "` stands beyond the last column. Maybe put `\"` around a cell with a `,`")));
    }

    private static RuleSource rule(DecisionTable table, DecisionTable.RuleRow row) {
        StringBuilder source = new StringBuilder();
        for (int c = 0; c < table.width(); c++) {
            String value = row.cell(c).text();
            String template = table.code(c).text();
            String heading = table.heading(c).text();
            switch (table.kind(c)) {
                case "CONDITION" ->
                    source.append(heading + " `" + value + "`: " + table.fact(c).text() + "(" + template + ")\n");
                case "ACTION" -> source.append(heading + " `" + value + "`: " + template + "\n");
                default -> {}
            }
        }
        return new RuleSource(
                row.id(),
                row.name(),
                row.annotations().getOrDefault("owner", ""),
                row.annotations().getOrDefault("why", ""),
                table.phase(),
                table.file(),
                row.line(),
                source.toString(),
                RuleFile.parametersOf(source.toString()));
    }
}
