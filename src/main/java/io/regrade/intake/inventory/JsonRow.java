package io.regrade.intake.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.fact.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON object whose fields are the columns of a file. */
final class JsonRow implements FieldSource {

    private final JsonNode object;
    private final String pointer;
    private final Set<String> nested;
    private final Problems problems;

    private JsonRow(JsonNode object, String pointer, Set<String> nested, Problems problems) {
        this.object = object;
        this.pointer = pointer;
        this.nested = nested;
        this.problems = problems;
    }

    /** A row whose unknown fields are kept by its reader; units in their names are still checked. */
    static @Nullable JsonRow open(JsonNode node, String pointer, Schema schema, Set<String> nested, Problems problems) {
        if (!isObject(node, pointer, problems)) {
            return null;
        }
        JsonRow row = new JsonRow(node, pointer, nested, problems);
        for (String name : row.names()) {
            schema.checkUnit(name, message -> row.problem(name, message));
        }
        return row;
    }

    /** A row that has these fields and no others. */
    static @Nullable JsonRow closed(JsonNode node, String pointer, List<String> known, Problems problems) {
        if (!isObject(node, pointer, problems)) {
            return null;
        }
        JsonRow row = new JsonRow(node, pointer, Set.of(), problems);
        for (String name : row.names()) {
            if (!known.contains(name)) {
                row.problem(
                        name, "`" + Fields.shorten(name) + "` is not known. Maybe " + Suggestion.nearest(name, known));
            }
        }
        return row;
    }

    private static boolean isObject(JsonNode node, String pointer, Problems problems) {
        if (!node.isObject()) {
            problems.add(pointer, 0, "an object is expected, not " + kind(node));
        }
        return node.isObject();
    }

    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT, POJO -> "an object";
            case STRING, BINARY -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "`" + node.asBoolean() + "`";
            case NULL -> "`null`";
            case MISSING -> "nothing";
        };
    }

    /** A pointer one step further. */
    static String child(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** Where a field of this row is. */
    String pointer(String name) {
        return child(pointer, name);
    }

    JsonNode node(String name) {
        return object.path(name);
    }

    @Override
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        object.fieldNames().forEachRemaining(name -> {
            if (!nested.contains(name)) {
                names.add(name);
            }
        });
        return names;
    }

    @Override
    public @Nullable String text(String name) {
        return text(node(name), pointer(name));
    }

    private @Nullable String text(JsonNode node, String where) {
        if (node.isContainerNode()) {
            problems.add(where, 0, "a plain value is expected, not " + kind(node));
            return null;
        }
        if (node.isNull() || node.isMissingNode()) {
            return null;
        }
        String text = node.asText().strip();
        return text.isEmpty() ? null : text;
    }

    @Override
    public boolean isNumber(String name) {
        return node(name).isNumber();
    }

    @Override
    public List<String> list(String name) {
        JsonNode node = node(name);
        if (!node.isArray()) {
            return CsvRow.split(text(name));
        }
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            String where = child(pointer(name), String.valueOf(i));
            String entry = text(node.get(i), where);
            if (entry != null && isWord(entry, where)) {
                entries.add(entry);
            }
        }
        return entries;
    }

    @Override
    public Map<String, String> map(String name) {
        JsonNode node = node(name);
        if (!node.isObject()) {
            return CsvRow.words(list(name));
        }
        Map<String, String> map = new LinkedHashMap<>();
        node.properties().forEach(field -> {
            String where = child(pointer(name), field.getKey());
            String text = text(field.getValue(), where);
            if (text != null && isWord(field.getKey(), where)) {
                map.put(field.getKey(), text);
            }
        });
        return map;
    }

    /** What is an entry of a list here must be one in a file too. */
    private boolean isWord(String text, String where) {
        boolean word = text.indexOf(';') < 0;
        if (!word) {
            problems.add(where, 0, "`" + Fields.shorten(text) + "` has a `;` in it. Maybe it is several entries");
        }
        return word;
    }

    @Override
    public void problem(String name, String message) {
        problems.add(pointer(name), 0, message);
    }
}
