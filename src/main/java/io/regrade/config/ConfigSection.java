package io.regrade.config;

import io.regrade.fact.Suggestion;
import io.regrade.tlog.MalformedException;
import io.regrade.tlog.VerifierKey;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** One section of the file while it is read: a value of the environment goes before one of the file. */
final class ConfigSection {

    private final String name;
    private final String file;
    private final String prefix;
    private final int line;
    private final Map<String, String> environment;
    private final List<String> problems;
    private final Map<String, ScalarNode> entries = new LinkedHashMap<>();
    private final Map<String, SequenceNode> lists = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();

    ConfigSection(
            String name,
            String file,
            @Nullable Node node,
            String prefix,
            Map<String, String> environment,
            List<String> problems) {
        this.name = name;
        this.file = file;
        this.prefix = prefix;
        this.environment = environment;
        this.problems = problems;
        this.line = node == null ? 1 : node.getStartMark().getLine() + 1;
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::entry);
        } else if (node != null
                && !(node instanceof ScalarNode scalar && scalar.getValue().isEmpty())) {
            problems.add(place(node) + "`" + name + "` has no keys below it");
        }
    }

    private void entry(NodeTuple entry) {
        String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "…";
        if (lines.put(key, entry.getKeyNode().getStartMark().getLine() + 1) != null) {
            problems.add(place(entry.getKeyNode()) + "`" + key + "` is there twice");
        }
        if (entry.getValueNode() instanceof ScalarNode scalar) {
            entries.put(key, scalar);
        } else if (entry.getValueNode() instanceof SequenceNode list) {
            lists.put(key, list);
        } else {
            problems.add(place(entry.getValueNode()) + "`" + key + "` of `" + name + "` has no plain value");
        }
    }

    private String place(Node node) {
        return file + ":" + (node.getStartMark().getLine() + 1) + ": ";
    }

    /** Where a key's value comes from, as the start of a problem. */
    String where(String key) {
        String variable = variable(key);
        return environment.containsKey(variable)
                ? variable + ": "
                : lines.containsKey(key) ? file + ":" + lines.get(key) + ": " : file + ": ";
    }

    private String variable(String key) {
        return prefix + key.toUpperCase(Locale.ROOT);
    }

    private @Nullable String value(String key) {
        known.add(key);
        if (lists.containsKey(key)) {
            problems.add(where(key) + "`" + key + "` of `" + name + "` is a list. Maybe one value");
        }
        String variable = environment.get(variable(key));
        if (variable != null) {
            return variable.strip();
        }
        ScalarNode scalar = entries.get(key);
        return scalar == null ? null : scalar.getValue().strip();
    }

    String text(String key, String byDefault) {
        String value = value(key);
        if (value != null && value.isEmpty()) {
            problems.add(where(key) + "`" + key + "` has no value. Maybe `" + byDefault + "`");
        }
        return value == null || value.isEmpty() ? byDefault : value;
    }

    /** A text that may be left out, then it is empty. */
    String optional(String key) {
        String value = value(key);
        return value == null ? "" : value;
    }

    /** A path that may be left out. */
    @Nullable
    Path optionalPath(String key) {
        return optional(key).isEmpty() ? null : path(key, "");
    }

    Path path(String key, String byDefault) {
        String text = text(key, byDefault);
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            problems.add(where(key) + "`" + key + "` is `" + text + "`, which is no path");
            return Path.of(byDefault);
        }
    }

    boolean bool(String key, boolean byDefault) {
        return choice(key, Boolean.toString(byDefault), List.of("true", "false"))
                .equals("true");
    }

    /** One of a few words. */
    String choice(String key, String byDefault, List<String> words) {
        String value = value(key);
        if (value == null) {
            return byDefault;
        }
        if (words.contains(value)) {
            return value;
        }
        problems.add(where(key) + "`" + key + "` is `" + value + "`, one of `" + String.join("`, `", words)
                + "` is expected. Maybe " + Suggestion.nearest(value, words));
        return byDefault;
    }

    /** A list whose elements have keys of their own, each to be reported on like a section; empty when it is left out. */
    List<ConfigSection> rows(String key) {
        known.add(key);
        SequenceNode list = lists.get(key);
        if (list == null) {
            if (entries.containsKey(key)) {
                problems.add(
                        where(key) + "`" + key + "` of `" + name + "` is no list. Maybe lines that begin with `-`");
            }
            return List.of();
        }
        List<ConfigSection> rows = new ArrayList<>();
        for (int i = 0; i < list.getValue().size(); i++) {
            String row = name + "." + key + "[" + (i + 1) + "]";
            rows.add(new ConfigSection(row, file, list.getValue().get(i), "\0", Map.of(), problems));
        }
        return rows;
    }

    /** The start of a problem with the whole of this. */
    String place() {
        return file + ":" + line + ": ";
    }

    int integer(String key, int byDefault, int min, int max) {
        String value = value(key);
        if (value == null) {
            return byDefault;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below like a number out of range
        }
        problems.add(where(key) + "`" + key + "` is `" + value + "`, a whole number from " + min + " to " + max
                + " is expected. Maybe `" + byDefault + "`");
        return byDefault;
    }

    /** Public keys, each {@code name+id+base64}, with white space between them; none without. */
    List<VerifierKey> keys(String key) {
        List<VerifierKey> keys = new ArrayList<>();
        for (String text : optional(key).split("\\s+")) {
            try {
                if (!text.isEmpty()) {
                    keys.add(VerifierKey.parse(text));
                }
            } catch (MalformedException e) {
                problems.add(where(key) + e.getMessage() + ". Maybe one that `./regrade policy keygen` prints");
            }
        }
        return keys;
    }

    /** Reports what nobody asked for; called after everything was read. */
    void reportUnknown() {
        for (String key : lines.keySet()) {
            if (!known.contains(key)) {
                problems.add(file + ":" + lines.get(key) + ": `" + key + "` of `" + name + "` is not known. Maybe "
                        + Suggestion.nearest(key, known));
            }
        }
        List<String> variables = known.stream().map(this::variable).toList();
        environment.keySet().stream()
                .filter(variable -> variable.startsWith(prefix) && !variables.contains(variable))
                .sorted()
                .forEach(variable -> problems.add(
                        variable + ": the variable is not known. Maybe " + Suggestion.nearest(variable, variables)));
    }
}
