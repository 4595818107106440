package io.regrade.policytest;

import io.regrade.policy.Cell;
import io.regrade.policy.DecisionTable;
import io.regrade.policy.PolicyBundle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Decision tables with a copy of a row for each change of one of its values. */
final class TableRows {

    private final Map<String, List<DecisionTable>> tables = new HashMap<>();
    /** By table and row, the condition under which the row itself counts. */
    private final Map<Cell, String> guards = new HashMap<>();

    private final Map<DecisionTable, SortedMap<Integer, List<String>>> copies = new HashMap<>();

    TableRows(PolicyBundle policy) {
        policy.files().forEach((file, text) -> {
            if (file.endsWith(".csv")) {
                tables.put(file, DecisionTable.of(file, text));
            }
        });
    }

    /** Adds the copies, numbered on from a number, and returns the last number. */
    int add(List<ChangedPolicy.Numbered> mutants, String only, int numberBefore) {
        int number = numberBefore;
        for (List<DecisionTable> inFile : tables.values()) {
            for (DecisionTable table : inFile) {
                for (DecisionTable.RuleRow row : table.rows()) {
                    if (!only.isEmpty() && !only.equals(row.id())) {
                        continue;
                    }
                    int first = number + 1;
                    for (int column : table.valueColumns()) {
                        for (String other : CellMutants.others(table, row, column)) {
                            number++;
                            copy(table, row, column, other, number);
                            mutants.add(
                                    new ChangedPolicy.Numbered(mutant(table, row, row.cell(column), other), number));
                        }
                    }
                    if (number >= first) {
                        guards.put(row.cell(0), "value < " + first + " || value > " + number);
                    }
                }
            }
        }
        return number;
    }

    private static Mutant mutant(DecisionTable table, DecisionTable.RuleRow row, Cell cell, String other) {
        return new Mutant(
                Mutant.Kind.CELL,
                row.id(),
                table.file(),
                cell.line(),
                cell.column(),
                "rule `" + row.id() + "`, cell " + cell.name() + ": `" + cell.text() + "` → `" + other + "`");
    }

    private void copy(DecisionTable table, DecisionTable.RuleRow row, int column, String value, int number) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < table.width(); i++) {
            String text = i == column ? value : row.cell(i).text();
            cells.add(i == table.nameColumn() && !text.isEmpty() ? text + " ~" + number : text);
        }
        cells.add("value == " + number);
        copies.computeIfAbsent(table, t -> new TreeMap<>()).put(number, cells);
    }

    /** The text of a file with the copies but those left out, and with one more condition that says which row counts. */
    String text(String file, String text, Set<Integer> without) {
        return copies.isEmpty()
                ? text
                : DecisionTable.with(
                        text,
                        tables.getOrDefault(file, List.of()),
                        List.of("CONDITION", "Limit", "name == \"" + ChangedPolicy.SWITCH + "\", $param", "In force"),
                        row -> guards.getOrDefault(row.cell(0), "value >= 0"),
                        table -> copies.getOrDefault(table, Collections.emptySortedMap()).entrySet().stream()
                                .filter(copy -> !without.contains(copy.getKey()))
                                .map(Map.Entry::getValue)
                                .toList());
    }
}
