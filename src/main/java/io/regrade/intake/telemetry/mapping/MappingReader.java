package io.regrade.intake.telemetry.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.regrade.fact.Suggestion;
import io.regrade.intake.telemetry.Measure;
import io.regrade.intake.telemetry.mapping.Mapping.Rule;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the mappings of a directory, a YAML file each; every problem is told with file and line. */
public final class MappingReader {

    private static final List<String> KEYS = List.of("source", "vm", "measures");
    private static final List<String> RULE_KEYS =
            List.of("measure", "metric", "counter", "factor", "by", "match", "unless", "least");
    private static final int MAX_CHARS = 1 << 20;
    private static final int MAX_DEPTH = 30;

    private final String file;
    private final List<String> problems;

    private MappingReader(String file, List<String> problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * Reads the files of a directory whose names end with {@code .yaml}, by name; none when there is no such directory.
     *
     * @param problems gets what is wrong, as {@code file:line: what is wrong. Maybe …}
     */
    public static Mappings directory(Path directory, List<String> problems) {
        List<Mapping> mappings = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.filter(one -> one.toString().endsWith(".yaml"))
                        .sorted()
                        .toList()) {
                    Mapping mapping = new MappingReader(file.toString(), problems).read(Files.readString(file, UTF_8));
                    if (mapping != null) {
                        mappings.add(mapping);
                    }
                }
            } catch (IOException e) {
                problems.add(directory + ": the mappings of telemetry cannot be read: " + e.getMessage());
            }
        }
        return new Mappings(mappings);
    }

    private @Nullable Mapping read(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(20);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(MAX_CHARS);
        options.setAllowDuplicateKeys(false);
        Node root;
        try {
            root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add(file + ":" + line + ": this is not YAML: " + e.getProblem());
            return null;
        } catch (YAMLException e) {
            problems.add(file + ":1: this is not YAML");
            return null;
        }
        int before = problems.size();
        Map<String, Node> entries = entries(root, KEYS);
        String source = text(entries, "source", root);
        List<String> vm = texts(entries.get("vm"));
        List<Rule> rules = new ArrayList<>();
        if (entries.get("measures") instanceof SequenceNode list) {
            for (Node node : list.getValue()) {
                Rule rule = rule(node);
                if (rule != null) {
                    rules.add(rule);
                }
            }
        }
        if (root != null && (vm.isEmpty() || rules.isEmpty()) && problems.size() == before) {
            problem(root, "a mapping needs `source`, `vm` and `measures`. Maybe `vm: [\"{instance}\"]`");
        }
        return problems.size() > before || source == null ? null : new Mapping(source, vm, rules);
    }

    private @Nullable Rule rule(Node node) {
        int before = problems.size();
        Map<String, Node> entries = entries(node, RULE_KEYS);
        String metric = text(entries, "metric", node);
        String key = text(entries, "measure", node);
        List<String> keys = Arrays.stream(Measure.values()).map(Measure::key).toList();
        Measure measure = key == null ? null : Measure.byKey(key).orElse(null);
        if (key != null && measure == null) {
            problem(node, "`" + key + "` is no measure. Maybe " + Suggestion.nearest(key, keys));
        }
        double factor = number(entries.get("factor"), 1);
        double least = number(entries.get("least"), 1);
        boolean counter = entries.get("counter") instanceof ScalarNode scalar
                && scalar.getValue().equals("true");
        Map<String, Pattern> match = patterns(entries.get("match"));
        Map<String, Pattern> unless = patterns(entries.get("unless"));
        if (problems.size() > before || metric == null || measure == null) {
            return null;
        }
        return new Rule(metric, measure, counter, factor, texts(entries.get("by")), match, unless, (int) least);
    }

    private void problem(Node node, String message) {
        problems.add(file + ":" + (node.getStartMark().getLine() + 1) + ": " + message);
    }

    private Map<String, Node> entries(@Nullable Node node, List<String> known) {
        Map<String, Node> entries = new LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> {
                String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "…";
                if (!known.isEmpty() && !known.contains(key)) {
                    problem(entry.getKeyNode(), "`" + key + "` is not known. Maybe " + Suggestion.nearest(key, known));
                }
                entries.put(key, entry.getValueNode());
            });
        } else if (node != null) {
            problem(node, "keys are expected. Maybe `" + (known.isEmpty() ? "mode: user" : known.get(0) + ": …") + "`");
        } else if (!known.isEmpty()) {
            problems.add(file + ":1: the file is empty. Maybe `source: node_exporter`");
        }
        return entries;
    }

    private @Nullable String text(Map<String, Node> entries, String key, @Nullable Node within) {
        if (entries.get(key) instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue().strip();
        }
        if (within != null) {
            problem(within, "`" + key + "` has no value");
        }
        return null;
    }

    private List<String> texts(@Nullable Node node) {
        if (node instanceof ScalarNode scalar) {
            return List.of(scalar.getValue());
        }
        List<String> texts = new ArrayList<>();
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(one -> {
                if (one instanceof ScalarNode scalar) {
                    texts.add(scalar.getValue());
                } else {
                    problem(one, "a text is expected");
                }
            });
        }
        return texts;
    }

    private double number(@Nullable Node node, double byDefault) {
        if (node == null) {
            return byDefault;
        }
        try {
            double number = node instanceof ScalarNode scalar ? Double.parseDouble(scalar.getValue()) : Double.NaN;
            if (Double.isFinite(number) && number != 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        problem(node, "a number other than 0 is expected");
        return byDefault;
    }

    private Map<String, Pattern> patterns(@Nullable Node node) {
        Map<String, Pattern> patterns = new LinkedHashMap<>();
        if (node != null) {
            entries(node, List.of()).forEach((label, value) -> {
                try {
                    patterns.put(label, Pattern.compile(String.join("|", texts(value))));
                } catch (PatternSyntaxException e) {
                    problem(value, "this is no regular expression: " + e.getDescription());
                }
            });
        }
        return patterns;
    }
}
