package io.regrade.intake.manifest.source;

import io.regrade.intake.manifest.found.ManifestException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the documents of a YAML or JSON text as nodes, which keep their lines; no object is ever made of them. */
public final class YamlDocuments {

    private static final int MAX_ALIASES = 20;
    private static final int MAX_CHARS = 1 << 20;

    private YamlDocuments() {}

    /**
     * The documents that are not empty.
     *
     * @throws ManifestException when the text is no YAML or exceeds a limit
     */
    public static List<YamlNode> read(Source source) {
        return read(source, source.text().value());
    }

    /** The document of a JSON text, in which a tab can only be a blank. */
    public static List<YamlNode> readJson(Source source) {
        return read(source, source.text().value().replace('\t', ' '));
    }

    private static List<YamlNode> read(Source source, String text) {
        if (text.length() > MAX_CHARS) {
            throw source.refused("the text has more than " + MAX_CHARS + " characters, which is the limit for YAML");
        }
        try {
            check(source, text);
            List<YamlNode> documents = new ArrayList<>();
            for (Node node : yaml(source).composeAll(new StringReader(text))) {
                documents.add(new YamlNode(node, source));
            }
            return documents;
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            throw new ManifestException(
                    source.line(mark == null ? 0 : mark.getLine() + 1L),
                    "this is not YAML: " + ManifestException.shorten(String.valueOf(e.getProblem())));
        } catch (YAMLException e) {
            throw source.refused("this is not YAML: "
                    + ManifestException.shorten(
                            String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
        }
    }

    /** Looks at events before nodes are made of them: they take no memory, and none is made beyond a limit. */
    private static void check(Source source, String text) {
        int values = 0;
        int depth = 0;
        for (Event event : yaml(source).parse(new StringReader(text))) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (++values > source.limits().maxElements()) {
                throw beyond(
                        source, event, "there are more than " + source.limits().maxElements() + " values");
            }
            if (depth > source.limits().maxDepth()) {
                throw beyond(
                        source,
                        event,
                        "values are nested deeper than " + source.limits().maxDepth());
            }
        }
    }

    private static ManifestException beyond(Source source, Event event, String what) {
        return new ManifestException(source.line(event.getStartMark().getLine() + 1L), what + ", which is the limit");
    }

    private static Yaml yaml(Source source) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setNestingDepthLimit(source.limits().maxDepth());
        options.setCodePointLimit(MAX_CHARS);
        return new Yaml(new SafeConstructor(options));
    }
}
