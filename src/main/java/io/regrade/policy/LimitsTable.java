package io.regrade.policy;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.regrade.fact.Limit;
import io.regrade.fact.Numbers;
import io.regrade.fact.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The decision table of parameters by environment, {@code tables/limits.csv}: a column {@code parameter}, then one for
 * each environment. An empty cell leaves the default.
 */
final class LimitsTable {

    private LimitsTable() {}

    static Map<String, List<Limit>> parse(
            String file, @Nullable String text, List<Parameter> parameters, List<Diagnostic> problems) {
        Map<String, Map<String, Double>> overrides = new HashMap<>();
        overrides.put(PolicyBundle.DEFAULT_ENVIRONMENT, new HashMap<>());
        if (text != null) {
            try (CsvReader<CsvRecord> reader = CsvReader.builder()
                    .allowExtraFields(true)
                    .allowMissingFields(true)
                    .ofCsvRecord(text)) {
                rows(file, reader, parameters, overrides, problems);
            } catch (CsvParseException | java.io.IOException e) {
                problems.add(Diagnostic.error("bad-table", file, 0, "the table is not CSV"));
            }
        }
        Map<String, List<Limit>> limits = new HashMap<>();
        overrides.forEach((environment, values) -> {
            List<Limit> resolved = new ArrayList<>();
            Map<String, Double> defaults = overrides.getOrDefault(PolicyBundle.DEFAULT_ENVIRONMENT, Map.of());
            for (Parameter p : parameters) {
                double value = values.getOrDefault(p.name(), defaults.getOrDefault(p.name(), p.defaultValue()));
                resolved.add(new Limit(p.name(), value, p.unit()));
            }
            limits.put(environment, List.copyOf(resolved));
        });
        return limits;
    }

    private static void rows(
            String file,
            CsvReader<CsvRecord> reader,
            List<Parameter> parameters,
            Map<String, Map<String, Double>> overrides,
            List<Diagnostic> problems) {
        List<String> header = List.of();
        Map<String, Integer> seen = new HashMap<>();
        for (CsvRecord row : reader) {
            int line = (int) row.getStartingLineNumber();
            if (header.isEmpty()) {
                header = row.getFields().stream().map(String::strip).toList();
                if (!header.get(0).equals("parameter")) {
                    problems.add(Diagnostic.error("bad-table", file, line, "the first column must be `parameter`"));
                }
                environments(file, line, header, overrides, problems);
                continue;
            }
            String name = row.getField(0).strip();
            if (row.getFieldCount() != header.size()) {
                problems.add(Diagnostic.error(
                        "bad-table",
                        file,
                        line,
                        "the row has " + row.getFieldCount() + " cells, the header " + header.size()));
                continue;
            }
            Parameter parameter = parameters.stream()
                    .filter(p -> p.name().equals(name))
                    .findFirst()
                    .orElse(null);
            Integer earlier = seen.putIfAbsent(name, line);
            if (parameter == null) {
                problems.add(Diagnostic.error(
                        "unknown-parameter",
                        file,
                        line,
                        "`" + name + "` is not a parameter of this policy. Maybe "
                                + Suggestion.nearest(
                                        name,
                                        parameters.stream().map(Parameter::name).toList())));
            } else if (earlier != null) {
                problems.add(Diagnostic.error(
                        "duplicate-row", file, line, "`" + name + "` stands in line " + earlier + " already"));
            } else {
                cells(file, line, header, row, parameter, overrides, problems);
            }
        }
    }

    private static void environments(
            String file,
            int line,
            List<String> header,
            Map<String, Map<String, Double>> overrides,
            List<Diagnostic> problems) {
        for (int i = 1; i < header.size(); i++) {
            String environment = header.get(i);
            overrides.put(environment, new HashMap<>());
            if (environment.isEmpty() || header.indexOf(environment) < i) {
                problems.add(Diagnostic.error(
                        "bad-table",
                        file,
                        line,
                        environment.isEmpty()
                                ? "column " + (i + 1) + " names no environment"
                                : "the environment `" + environment + "` has two columns"));
            }
        }
    }

    private static void cells(
            String file,
            int line,
            List<String> header,
            CsvRecord row,
            Parameter parameter,
            Map<String, Map<String, Double>> overrides,
            List<Diagnostic> problems) {
        for (int i = 1; i < header.size(); i++) {
            String cell = row.getField(i).strip();
            if (cell.isEmpty()) {
                continue;
            }
            double value = Decimal.parse(cell);
            if (!(value >= parameter.min() && value <= parameter.max())) {
                problems.add(Diagnostic.error(
                        "out-of-bounds",
                        file,
                        line,
                        "`" + cell + "` is no value of `" + parameter.name() + "` for `" + header.get(i)
                                + "`. Maybe a number from " + Numbers.show(parameter.min()) + " to "
                                + Numbers.show(parameter.max())));
            } else {
                overrides.computeIfAbsent(header.get(i), e -> new HashMap<>()).put(parameter.name(), value);
            }
        }
    }
}
