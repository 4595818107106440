package io.regrade.policytest;

import io.regrade.policy.DecisionTable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** What the values of a decision table are changed into: dates by a day, numbers a little, words into those of another row. */
final class CellMutants {

    private static final BigDecimal NUDGE = new BigDecimal("0.05");

    private CellMutants() {}

    /** The texts that a cell is tried with instead; each of several values in one cell is changed by itself. */
    static List<String> others(DecisionTable table, DecisionTable.RuleRow row, int column) {
        List<String> others = new ArrayList<>();
        List<String> values = DecisionTable.values(row.cell(column).text());
        for (int i = 0; i < values.size(); i++) {
            for (String value : changed(table, row, column, i, values.get(i))) {
                List<String> changed = new ArrayList<>(values);
                changed.set(i, value);
                others.add(String.join(", ", changed));
            }
        }
        return others;
    }

    private static List<String> changed(
            DecisionTable table, DecisionTable.RuleRow row, int column, int position, String value) {
        try {
            LocalDate date = LocalDate.parse(value);
            return List.of(date.minusDays(1).toString(), date.plusDays(1).toString());
        } catch (DateTimeParseException e) {
            // not a date
        }
        try {
            BigDecimal number = new BigDecimal(value);
            BigDecimal step = number.signum() == 0
                    ? BigDecimal.ONE
                    : number.multiply(NUDGE).abs();
            return List.of(
                    number.subtract(step).stripTrailingZeros().toPlainString(),
                    number.add(step).stripTrailingZeros().toPlainString());
        } catch (NumberFormatException e) {
            // not a number
        }
        return value.isEmpty() || value.indexOf(' ') >= 0 ? List.of() : another(table, row, column, position, value);
    }

    /** The next other word that stands in the same place of another row; sentences, which explain, are left alone. */
    private static List<String> another(
            DecisionTable table, DecisionTable.RuleRow row, int at, int position, String value) {
        List<String> column =
                table.rows().stream().map(one -> one.cell(at).text()).toList();
        int own = table.rows().stream().map(one -> one.cell(0)).toList().indexOf(row.cell(0));
        for (int i = 1; i < column.size(); i++) {
            List<String> values = DecisionTable.values(column.get((own + i) % column.size()));
            if (position < values.size() && !values.get(position).equals(value)) {
                return List.of(values.get(position));
            }
        }
        return List.of();
    }
}
