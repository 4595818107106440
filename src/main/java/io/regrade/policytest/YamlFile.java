package io.regrade.policytest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.policy.Diagnostic;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A test file as a tree in the shape of JSON, with the line of each entry; bounded in size, depth and references. */
final class YamlFile {

    private static final int MAX_ALIASES = 20;
    private static final int MAX_DEPTH = 30;
    private static final int MAX_CHARS = 1 << 20;
    /** References to references multiply: more values than this are refused, however few characters wrote them. */
    private static final int MAX_VALUES = 200_000;

    private final String file;
    private final Lines lines;
    private final List<Diagnostic> problems;
    private final JsonNodeFactory json = JsonNodeFactory.withExactBigDecimals(true);
    private int values;

    private YamlFile(String file, Lines lines, List<Diagnostic> problems) {
        this.file = file;
        this.lines = lines;
        this.problems = problems;
    }

    /** The file's root, or null after a problem was reported. */
    static @Nullable ObjectNode read(String file, String text, Lines lines, List<Diagnostic> problems) {
        YamlFile yaml = new YamlFile(file, lines, problems);
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(MAX_CHARS);
        options.setAllowDuplicateKeys(false);
        try {
            Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
            JsonNode node = root == null ? null : yaml.value(root, 0);
            if (node instanceof ObjectNode object) {
                return object;
            }
            yaml.problem(root, "a test file begins with `name:`. Maybe see docs/policy-tests.md");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            problems.add(Diagnostic.error("bad-yaml", file, line, "this is not YAML: " + e.getProblem()));
        } catch (YAMLException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            problems.add(Diagnostic.error("bad-yaml", file, 0, "this is not YAML that can be read: " + why));
        }
        return null;
    }

    private void problem(@Nullable Node at, String message) {
        problems.add(Diagnostic.error("bad-yaml", file, at == null ? 1 : line(at), message));
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private JsonNode value(Node node, int depth) {
        if (depth > MAX_DEPTH || ++values > MAX_VALUES) {
            throw new YAMLException("it refers to itself, or too often to other parts");
        }
        if (node instanceof MappingNode mapping) {
            ObjectNode object = json.objectNode();
            lines.begin(object, line(node));
            for (NodeTuple entry : mapping.getValue()) {
                entry(object, entry, depth);
            }
            return object;
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = json.arrayNode();
            lines.begin(array, line(node));
            for (Node one : sequence.getValue()) {
                lines.put(array, String.valueOf(array.size()), line(one));
                array.add(value(one, depth + 1));
            }
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private void entry(ObjectNode object, NodeTuple entry, int depth) {
        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
            problem(entry.getKeyNode(), "a name is expected before the `:`");
            return;
        }
        String name = key.getValue();
        if (name.equals("<<")) {
            problem(key, "`<<` is not read here. Maybe `extends: NAME` with the name of one of the `vms`");
            return;
        }
        if (object.has(name)) {
            problem(key, "`" + name + "` is there twice");
            return;
        }
        lines.put(object, name, line(key));
        object.set(name, value(entry.getValueNode(), depth + 1));
    }

    private JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        if (!scalar.isPlain()) {
            return json.textNode(text);
        }
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return json.nullNode();
        }
        if (tag.equals(Tag.BOOL) && (text.equals("true") || text.equals("false"))) {
            return json.booleanNode(text.equals("true"));
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            try {
                return json.numberNode(new BigDecimal(text));
            } catch (NumberFormatException e) {
                return json.textNode(text); // such as `1:30` or `.inf`: what reads it says what it expected
            }
        }
        return json.textNode(text);
    }
}
