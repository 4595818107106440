package io.regrade.policy;

import io.regrade.fact.Limit;
import io.regrade.fact.Numbers;
import io.regrade.fact.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The decision table of parameters by environment, {@code tables/limits.csv}: a column {@code parameter}, then one for
 * each environment. An empty cell leaves the default. Immutable.
 */
public final class LimitsTable {

    private final List<Parameter> parameters;
    private final Set<String> environments = new LinkedHashSet<>(List.of(PolicyBundle.DEFAULT_ENVIRONMENT));
    private final List<LimitCell> cells = new ArrayList<>();

    private LimitsTable(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    /** The table of a policy; without any cell when it has none. */
    public static LimitsTable of(PolicyBundle policy) {
        return read(
                PolicyReader.LIMITS, policy.written().get(PolicyReader.LIMITS), policy.parameters(), new ArrayList<>());
    }

    static LimitsTable read(String file, @Nullable String text, List<Parameter> parameters, List<Diagnostic> problems) {
        LimitsTable table = new LimitsTable(parameters);
        if (text != null) {
            table.read(file, CellGrid.read(file, PolicyReader.withoutByteOrderMark(text), problems), problems);
        }
        return table;
    }

    /** What it sets, in the order of the file. */
    public List<LimitCell> cells() {
        return List.copyOf(cells);
    }

    /** The values of all parameters for each environment that the table names, and {@code default}. */
    public Map<String, List<Limit>> limits() {
        Map<String, List<Limit>> limits = new HashMap<>();
        for (String environment : environments) {
            limits.put(
                    environment,
                    parameters.stream()
                            .map(p -> new Limit(p.name(), value(p, environment), p.unit()))
                            .toList());
        }
        return limits;
    }

    /** The same with another default for one parameter. */
    public LimitsTable withDefault(Parameter parameter, double value) {
        LimitsTable other = new LimitsTable(parameters.stream()
                .map(p -> p.equals(parameter) ? p.withDefault(value) : p)
                .toList());
        other.environments.addAll(environments);
        other.cells.addAll(cells);
        return other;
    }

    /** The same with another value in one cell. */
    public LimitsTable with(LimitCell cell, double value) {
        LimitsTable other = new LimitsTable(parameters);
        other.environments.addAll(environments);
        for (LimitCell one : cells) {
            other.cells.add(
                    one.equals(cell) ? new LimitCell(cell.parameter(), cell.environment(), value, cell.cell()) : one);
        }
        return other;
    }

    private double value(Parameter parameter, String environment) {
        double value = parameter.defaultValue();
        for (LimitCell cell : cells) {
            if (cell.parameter().name().equals(parameter.name())) {
                if (cell.environment().equals(environment)) {
                    return cell.value();
                }
                if (cell.environment().equals(PolicyBundle.DEFAULT_ENVIRONMENT)) {
                    value = cell.value();
                }
            }
        }
        return value;
    }

    private void read(String file, List<CellGrid.Row> rows, List<Diagnostic> problems) {
        CellGrid.@Nullable Row header = null;
        Map<String, Integer> seen = new HashMap<>();
        for (CellGrid.Row row : rows) {
            if (row.cells().size() == 1 && row.isEmpty()) {
                continue;
            }
            if (header == null) {
                header = row;
                header(file, row, problems);
                continue;
            }
            Cell name = row.cell(0);
            if (row.cells().size() != header.cells().size()) {
                problems.add(Diagnostic.error(
                        "bad-table",
                        file,
                        name.line(),
                        "the row has " + row.cells().size() + " cells, the header "
                                + header.cells().size()));
                continue;
            }
            Parameter parameter = parameters.stream()
                    .filter(p -> p.name().equals(name.text()))
                    .findFirst()
                    .orElse(null);
            Integer earlier = seen.putIfAbsent(name.text(), name.line());
            if (parameter == null) {
                problems.add(PolicyReader.at(
                        "unknown-parameter",
                        file,
                        name,
                        "`" + name.text() + "` is not a parameter of this policy. Maybe "
                                + Suggestion.nearest(
                                        name.text(),
                                        parameters.stream().map(Parameter::name).toList())));
            } else if (earlier != null) {
                problems.add(PolicyReader.at(
                        "duplicate-row", file, name, "`" + name.text() + "` stands in line " + earlier + " already"));
            } else {
                cells(file, header, row, parameter, problems);
            }
        }
    }

    private void header(String file, CellGrid.Row header, List<Diagnostic> problems) {
        if (!header.cell(0).text().equals("parameter")) {
            problems.add(PolicyReader.at("bad-table", file, header.cell(0), "the first column must be `parameter`"));
        }
        Set<String> named = new LinkedHashSet<>();
        for (Cell cell : header.cells().subList(1, header.cells().size())) {
            if (cell.text().isEmpty()) {
                problems.add(PolicyReader.at("bad-table", file, cell, "the column names no environment"));
            } else if (!named.add(cell.text())) {
                problems.add(PolicyReader.at(
                        "bad-table", file, cell, "the environment `" + cell.text() + "` has two columns"));
            }
        }
        environments.addAll(named);
    }

    private void cells(
            String file, CellGrid.Row header, CellGrid.Row row, Parameter parameter, List<Diagnostic> problems) {
        for (int i = 1; i < header.cells().size(); i++) {
            Cell cell = row.cell(i);
            if (cell.text().isEmpty()) {
                continue;
            }
            String environment = header.cell(i).text();
            double value = Decimal.parse(cell.text());
            if (value >= parameter.min() && value <= parameter.max()) {
                cells.add(new LimitCell(parameter, environment, value, cell));
            } else {
                problems.add(PolicyReader.at(
                        "out-of-bounds",
                        file,
                        cell,
                        "`" + cell.text() + "` is no value of `" + parameter.name() + "` for `" + environment
                                + "`. Maybe a number from " + Numbers.show(parameter.min()) + " to "
                                + Numbers.show(parameter.max())));
            }
        }
    }
}
