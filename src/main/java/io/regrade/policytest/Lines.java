package io.regrade.policytest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The line of each entry of each object and list of a file, by identity. Not safe for use by two threads at a time.
 *
 * <p>Only objects and lists are told apart by identity: plain values are shared by Jackson.
 */
final class Lines {

    private final Map<JsonNode, Map<String, Integer>> entries = new IdentityHashMap<>();
    private final Map<JsonNode, Integer> starts = new IdentityHashMap<>();

    /** Notes where an object or a list begins. */
    void begin(JsonNode container, int line) {
        starts.put(container, line);
    }

    /** Notes where an entry of an object or a list is; a list's entries are named by their number from 0. */
    void put(JsonNode container, String entry, int line) {
        entries.computeIfAbsent(container, c -> new HashMap<>()).put(entry, line);
    }

    /** Where an object or a list begins. */
    int of(JsonNode container) {
        return starts.getOrDefault(container, 1);
    }

    /** Where an entry is, or where its container begins when the entry is not known. */
    int of(JsonNode container, String entry) {
        return entries.getOrDefault(container, Map.of()).getOrDefault(entry, of(container));
    }

    /** Where a JSON pointer below a root leads, as far as it leads anywhere. */
    int at(JsonNode root, String pointer) {
        int line = of(root);
        JsonNode node = root;
        for (String step : pointer.split("/", -1)) {
            if (step.isEmpty() || !node.isContainerNode()) {
                continue;
            }
            String name = step.replace("~1", "/").replace("~0", "~");
            line = of(node, name);
            node = node.isArray() ? node.path(Integer.parseInt(name)) : node.path(name);
        }
        return line;
    }
}
