package io.regrade.policytest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Cases of a table: one {@code given} and {@code expect}, and {@code rows} that vary them. A row has a name, and what it
 * states of {@code given} and {@code expect}; or, under {@code columns}, only its values in the order of the columns.
 */
final class CaseRows {

    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    private final TestProblems problems;
    private final Fixtures merging;

    CaseRows(TestProblems problems) {
        this.problems = problems;
        this.merging = new Fixtures(problems, "rows", Vocabulary.ROW);
    }

    /** The cases with each row as a case of its own. */
    List<JsonNode> all(List<JsonNode> cases) {
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode one : cases) {
            if (one instanceof ObjectNode fields && (fields.has("rows") || fields.has("columns"))) {
                rows(fields, all);
            } else {
                all.add(one);
            }
        }
        return all;
    }

    private void rows(ObjectNode table, List<JsonNode> into) {
        List<String> columns = problems.texts(table, "columns");
        List<JsonNode> rows = problems.list(table, "rows");
        if (rows.isEmpty()) {
            problems.add("bad-test", problems.lines.of(table, "rows"), "the case has no `rows`");
        }
        int number = 0;
        for (JsonNode row : rows) {
            int line = problems.lines.of(table.path("rows"), String.valueOf(number++));
            ObjectNode variation = row instanceof ObjectNode fields ? fields : listed(columns, row, line);
            if (variation != null) {
                problems.checkNames(variation, Vocabulary.ROW, "a row");
                into.add(varied(table, variation, name(row, variation), line));
            }
        }
    }

    private static String name(JsonNode row, ObjectNode variation) {
        if (variation.path("name").isTextual()) {
            return variation.path("name").asText();
        }
        List<String> values = new ArrayList<>();
        row.forEach(value -> values.add(Match.show(value)));
        return values.stream().collect(Collectors.joining(", "));
    }

    private @org.jspecify.annotations.Nullable ObjectNode listed(List<String> columns, JsonNode row, int line) {
        if (!row.isArray() || row.size() != columns.size()) {
            problems.add(
                    "bad-test",
                    line,
                    "a row is expected to have one value for each of the " + columns.size() + " `columns`");
            return null;
        }
        ObjectNode variation = JSON.objectNode();
        problems.lines.begin(variation, line);
        for (int i = 0; i < columns.size(); i++) {
            if (!row.get(i).isNull()) {
                put(variation, columns.get(i).split("\\."), row.get(i), line);
            }
        }
        return variation;
    }

    /** Puts a value where a path leads; below {@code usage_summary} the next step is a resource. */
    private void put(ObjectNode root, String[] path, JsonNode value, int line) {
        ObjectNode at = root;
        for (int i = 0; i < path.length - 1; i++) {
            problems.lines.put(at, path[i], line);
            if (path[i].equals("usage_summary") && i < path.length - 2) {
                at = resource(at, path[++i], line);
            } else {
                JsonNode next = at.get(path[i]);
                if (next instanceof ObjectNode known) {
                    at = known;
                } else {
                    ObjectNode made = at.putObject(path[i]);
                    problems.lines.begin(made, line);
                    at = made;
                }
            }
        }
        String last = path[path.length - 1];
        at.set(last, value);
        problems.lines.put(at, last, line);
    }

    private ObjectNode resource(ObjectNode at, String resource, int line) {
        var list = at.withArray("usage_summary");
        problems.lines.begin(list, line);
        for (JsonNode one : list) {
            if (one instanceof ObjectNode known && one.path("resource").asText().equals(resource)) {
                return known;
            }
        }
        problems.lines.put(list, String.valueOf(list.size()), line);
        ObjectNode made = list.addObject().put("resource", resource);
        problems.lines.begin(made, line);
        problems.lines.put(made, "resource", line);
        return made;
    }

    private ObjectNode varied(ObjectNode table, ObjectNode row, String rowName, int line) {
        ObjectNode one = JSON.objectNode();
        problems.lines.begin(one, line);
        one.put("name", table.path("name").asText() + ": " + rowName);
        problems.lines.put(one, "name", line);
        for (String part : List.of("given", "expect")) {
            ObjectNode common = problems.object(table, part);
            ObjectNode own = problems.object(row, part);
            ObjectNode both = common == null ? own : own == null ? common : merging.merge(extending(common), own);
            if (both != null) {
                one.set(part, both);
                problems.lines.put(one, part, line);
            }
        }
        return one;
    }

    /** A machine that is only named is one that extends the named one: then a row can vary it. */
    private ObjectNode extending(ObjectNode given) {
        if (!given.path("vm").isTextual()) {
            return given;
        }
        ObjectNode changed = given.deepCopy();
        problems.lines.begin(changed, problems.lines.of(given));
        given.fieldNames().forEachRemaining(name -> problems.lines.put(changed, name, problems.lines.of(given, name)));
        ObjectNode vm = changed.putObject("vm");
        vm.put("extends", given.path("vm").asText());
        problems.lines.begin(vm, problems.lines.of(given, "vm"));
        problems.lines.put(vm, "extends", problems.lines.of(given, "vm"));
        return changed;
    }
}
