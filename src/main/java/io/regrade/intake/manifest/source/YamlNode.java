package io.regrade.intake.manifest.source;

import io.regrade.intake.manifest.found.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A value of a YAML or JSON text with its line. Asking a value of another kind answers nothing, never fails. */
public final class YamlNode {

    private final Node node;
    private final Source source;

    YamlNode(Node node, Source source) {
        this.node = node;
        this.source = source;
    }

    public Place place() {
        return source.line(node.getStartMark().getLine() + 1L);
    }

    /** The value along a path of keys, null when there is none; of a key that is there twice the last counts. */
    public @Nullable YamlNode at(String... path) {
        Node found = node;
        for (String key : path) {
            Node from = found;
            found = null;
            if (from instanceof MappingNode mapping) {
                for (NodeTuple entry : mapping.getValue()) {
                    if (entry.getKeyNode() instanceof ScalarNode name
                            && name.getValue().equals(key)) {
                        found = entry.getValueNode();
                    }
                }
            }
            if (found == null) {
                return null;
            }
        }
        return new YamlNode(found, source);
    }

    /** The text of the scalar along a path, null when there is none, or it is null or blank. */
    public @Nullable String text(String... path) {
        YamlNode found = at(path);
        return found != null
                        && found.node instanceof ScalarNode scalar
                        && !scalar.getTag().equals(Tag.NULL)
                        && !scalar.getValue().isBlank()
                ? scalar.getValue().strip()
                : null;
    }

    /** The entries of the list along a path, none when there is no list. */
    public List<YamlNode> list(String... path) {
        YamlNode found = at(path);
        List<YamlNode> entries = new ArrayList<>();
        if (found != null && found.node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(entry -> entries.add(new YamlNode(entry, source)));
        }
        return entries;
    }

    /** The entries of the mapping along a path by key, none when there is no mapping. */
    public Map<String, YamlNode> map(String... path) {
        YamlNode found = at(path);
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        if (found != null && found.node instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> {
                if (entry.getKeyNode() instanceof ScalarNode key) {
                    entries.put(key.getValue(), new YamlNode(entry.getValueNode(), source));
                }
            });
        }
        return entries;
    }

    /** Whether it is a mapping. */
    public boolean isMap() {
        return node instanceof MappingNode;
    }
}
