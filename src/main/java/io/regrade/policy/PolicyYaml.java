package io.regrade.policy;

import io.regrade.fact.Numbers;
import io.regrade.fact.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The head of a policy, {@code policy.yaml}.
 *
 * @param name the policy's name
 * @param description what it is for
 * @param parameters its parameters, in the order of the file
 */
record PolicyYaml(String name, String description, List<Parameter> parameters) {

    private static final List<String> TOP = List.of("name", "description", "parameters");
    private static final List<String> FIELDS = List.of("description", "unit", "default", "min", "max");

    static PolicyYaml parse(String file, @Nullable String text, List<Diagnostic> problems) {
        PolicyYaml nothing = new PolicyYaml("", "", List.of());
        if (text == null) {
            problems.add(Diagnostic.error("no-policy", file, 0, "the policy has no `" + file + "`"));
            return nothing;
        }
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(20);
        options.setNestingDepthLimit(30);
        options.setCodePointLimit(1 << 20);
        options.setAllowDuplicateKeys(false);
        Node root;
        try {
            root = new Yaml(options).compose(new java.io.StringReader(text));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            int column = e.getProblemMark() == null ? 0 : e.getProblemMark().getColumn() + 1;
            problems.add(Diagnostic.of(
                    Diagnostic.Severity.ERROR, "bad-yaml", file, line, column, String.valueOf(e.getProblem())));
            return nothing;
        } catch (YAMLException e) {
            problems.add(Diagnostic.error("bad-yaml", file, 0, String.valueOf(e.getMessage())));
            return nothing;
        }
        if (!(root instanceof MappingNode mapping)) {
            problems.add(Diagnostic.error("bad-yaml", file, 1, "expected `name`, `description` and `parameters`"));
            return nothing;
        }
        Map<String, Node> fields = fields(file, mapping, TOP, problems);
        String name = text(fields.get("name"));
        if (name.isBlank()) {
            problems.add(Diagnostic.error("missing-name", file, 1, "the policy has no `name`"));
        }
        List<Parameter> parameters = new ArrayList<>();
        if (fields.get("parameters") instanceof MappingNode declared) {
            for (NodeTuple entry : declared.getValue()) {
                Parameter parameter = parameter(file, entry, problems);
                parameters.stream()
                        .filter(earlier -> earlier.name().equals(parameter.name()))
                        .forEach(earlier -> problems.add(Diagnostic.error(
                                "duplicate-parameter",
                                file,
                                parameter.line(),
                                "`" + parameter.name() + "` is declared in line " + earlier.line() + " already")));
                parameters.add(parameter);
            }
        } else if (fields.get("parameters") != null) {
            problems.add(at(
                    "bad-parameter", file, fields.get("parameters"), "`parameters` must list each parameter by name"));
        }
        return new PolicyYaml(name, text(fields.get("description")).strip(), List.copyOf(parameters));
    }

    private static Parameter parameter(String file, NodeTuple entry, List<Diagnostic> problems) {
        String name = text(entry.getKeyNode());
        int line = entry.getKeyNode().getStartMark().getLine() + 1;
        Map<String, Node> fields = entry.getValueNode() instanceof MappingNode mapping
                ? fields(file, mapping, FIELDS, problems)
                : Map.of();
        double value = number(file, line, name, "default", fields, problems);
        double min = number(file, line, name, "min", fields, problems);
        double max = number(file, line, name, "max", fields, problems);
        if (value < min || value > max) {
            problems.add(Diagnostic.error(
                    "out-of-bounds",
                    file,
                    line,
                    "`" + name + "` is " + Numbers.show(value) + ", outside " + Numbers.show(min) + " to "
                            + Numbers.show(max)));
        }
        if (text(fields.get("unit")).isBlank()) {
            problems.add(Diagnostic.error("bad-parameter", file, line, "`" + name + "` has no `unit`"));
        }
        return new Parameter(
                name, text(fields.get("description")).strip(), text(fields.get("unit")), value, min, max, file, line);
    }

    private static Map<String, Node> fields(
            String file, MappingNode mapping, List<String> known, List<Diagnostic> problems) {
        Map<String, Node> fields = new HashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            String key = text(entry.getKeyNode());
            if (known.contains(key)) {
                if (fields.put(key, entry.getValueNode()) != null) {
                    problems.add(at("duplicate-field", file, entry.getKeyNode(), "`" + key + "` is there twice"));
                }
            } else {
                problems.add(at(
                        "unknown-field",
                        file,
                        entry.getKeyNode(),
                        "`" + key + "` is not a field here. Maybe " + Suggestion.nearest(key, known)));
            }
        }
        return fields;
    }

    private static double number(
            String file,
            int line,
            String parameter,
            String field,
            Map<String, Node> fields,
            List<Diagnostic> problems) {
        Node node = fields.get(field);
        if (node == null) {
            problems.add(Diagnostic.error("bad-parameter", file, line, "`" + parameter + "` has no `" + field + "`"));
            return Double.NaN;
        }
        String written = text(node);
        double number = Decimal.parse(written);
        if (Double.isNaN(number)) {
            problems.add(at(
                    "bad-parameter",
                    file,
                    node,
                    "`" + field + "` of `" + parameter + "` is `" + written + "`, which is not a number"));
        }
        return number;
    }

    private static Diagnostic at(String code, String file, Node node, String sentence) {
        return Diagnostic.of(
                Diagnostic.Severity.ERROR,
                code,
                file,
                node.getStartMark().getLine() + 1,
                node.getStartMark().getColumn() + 1,
                sentence);
    }

    private static String text(@Nullable Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }
}
