package io.regrade.policytest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.fact.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Named machines or targets that others extend: what an override states replaces what it extends, entry by entry.
 *
 * <p>Objects are merged; so are lists of objects that name a {@code resource}, by that name; {@code null} takes an entry
 * away; everything else is replaced.
 */
final class Fixtures {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MAX_STEPS = 16;

    private final TestProblems problems;
    private final String kind;
    private final List<String> known;
    private final Map<String, ObjectNode> byName = new LinkedHashMap<>();

    /** Fixtures of a kind, such as {@code vms}, whose fields are known. */
    Fixtures(TestProblems problems, String kind, List<String> known) {
        this.problems = problems;
        this.kind = kind;
        this.known = known;
    }

    /** Adds a fixture; its id is its name unless it states another. */
    void add(String name, ObjectNode fields, int line) {
        problems.checkNames(fields, known, "`" + kind + "`" + tagsHint());
        if (byName.putIfAbsent(name, fields) != null) {
            problems.add("bad-test", line, "`" + name + "` is there twice");
        }
    }

    private String tagsHint() {
        return " (other words go under `tags`)";
    }

    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** A fixture by its name with everything it extends, or null after it was reported unknown. */
    @Nullable
    ObjectNode named(String name, int line) {
        ObjectNode fields = byName.get(name);
        if (fields == null) {
            unknown(name, line);
            return null;
        }
        ObjectNode whole = extended(fields, MAX_STEPS);
        if (whole != null && !whole.has("id")) {
            whole.put("id", name);
            problems.lines.put(whole, "id", problems.lines.of(fields));
        }
        return whole;
    }

    /** What a case states, with everything it extends; null after something about it was reported. */
    @Nullable
    ObjectNode stated(ObjectNode fields) {
        problems.checkNames(fields, known, "`" + kind + "`" + tagsHint());
        return extended(fields, MAX_STEPS);
    }

    private @Nullable ObjectNode extended(ObjectNode fields, int steps) {
        JsonNode base = fields.path("extends");
        if (base.isMissingNode()) {
            return merge(JSON.objectNode(), fields);
        }
        String name = base.asText();
        int line = problems.lines.of(fields, "extends");
        ObjectNode extended = byName.get(name);
        if (extended == null || steps == 0) {
            if (steps == 0) {
                problems.add("bad-test", line, "`extends: " + name + "` leads back to itself");
            } else {
                unknown(name, line);
            }
            return null;
        }
        ObjectNode whole = extended(extended, steps - 1);
        if (whole == null) {
            return null;
        }
        if (!whole.has("id")) {
            whole.put("id", name);
        }
        ObjectNode merged = merge(whole, fields);
        merged.remove("extends");
        return merged;
    }

    private void unknown(String name, int line) {
        problems.add(
                "bad-test",
                line,
                "`" + name + "` is none of the `" + kind + "`. Maybe " + Suggestion.nearest(name, names()));
    }

    /** What the one says, with what the other states in its place. */
    ObjectNode merge(ObjectNode base, ObjectNode over) {
        ObjectNode merged = JSON.objectNode();
        problems.lines.begin(merged, problems.lines.of(over));
        copy(base, base, merged);
        over.properties().forEach(entry -> {
            JsonNode before = merged.get(entry.getKey());
            JsonNode now = entry.getValue();
            if (now.isNull()) {
                merged.remove(entry.getKey());
                return;
            }
            if (before instanceof ObjectNode one && now instanceof ObjectNode other) {
                merged.set(entry.getKey(), merge(one, other));
            } else if (before instanceof ArrayNode one && now instanceof ArrayNode other && isByResource(one, other)) {
                merged.set(entry.getKey(), byResource(one, other));
            } else {
                merged.set(entry.getKey(), now);
            }
            problems.lines.put(merged, entry.getKey(), problems.lines.of(over, entry.getKey()));
        });
        return merged;
    }

    private void copy(ObjectNode from, ObjectNode places, ObjectNode to) {
        from.properties().forEach(entry -> {
            to.set(entry.getKey(), entry.getValue());
            problems.lines.put(to, entry.getKey(), problems.lines.of(places, entry.getKey()));
        });
    }

    private static boolean isByResource(ArrayNode base, ArrayNode over) {
        for (ArrayNode list : List.of(base, over)) {
            for (JsonNode one : list) {
                if (!one.path("resource").isTextual()) {
                    return false;
                }
            }
        }
        return true;
    }

    private ArrayNode byResource(ArrayNode base, ArrayNode over) {
        Map<String, ObjectNode> entries = new LinkedHashMap<>();
        List<ObjectNode> all = new ArrayList<>();
        base.forEach(one -> all.add((ObjectNode) one));
        over.forEach(one -> all.add((ObjectNode) one));
        for (ObjectNode one : all) {
            String resource = one.path("resource").asText();
            ObjectNode before = entries.get(resource);
            entries.put(resource, before == null ? one : merge(before, one));
        }
        ArrayNode merged = JSON.arrayNode();
        problems.lines.begin(merged, problems.lines.of(over));
        for (ObjectNode one : entries.values()) {
            problems.lines.put(merged, String.valueOf(merged.size()), problems.lines.of(one));
            merged.add(one);
        }
        return merged;
    }
}
