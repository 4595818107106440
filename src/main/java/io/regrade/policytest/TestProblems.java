package io.regrade.policytest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.fact.Suggestion;
import io.regrade.policy.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with one test file, and the checks that every part of it passes. */
final class TestProblems {

    final String file;
    final Lines lines = new Lines();
    final List<Diagnostic> found = new ArrayList<>();

    TestProblems(String file) {
        this.file = file;
    }

    void add(String code, int line, String message) {
        found.add(Diagnostic.error(code, file, line, message));
    }

    /** Reports every name of an object that is not known. */
    void checkNames(ObjectNode object, List<String> known, String where) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                add(
                        "unknown-field",
                        lines.of(object, name),
                        "`" + name + "` is not a field of " + where + ". Maybe " + Suggestion.nearest(name, known));
            }
        });
    }

    /** Reports a text that is none of the known ones. */
    void checkWord(String code, int line, String what, String text, List<String> known) {
        if (!known.contains(text)) {
            add(code, line, "`" + text + "` is not " + what + ". Maybe " + Suggestion.nearest(text, known));
        }
    }

    /** An entry as an object; null when it is missing, or was reported because it is something else. */
    @Nullable
    ObjectNode object(ObjectNode parent, String name) {
        JsonNode node = parent.get(name);
        if (node == null || node.isNull()) {
            return null;
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        add("bad-test", lines.of(parent, name), "`" + name + "` is expected to have named entries");
        return null;
    }

    /** An entry as a list; empty when it is missing, or was reported because it is something else. */
    List<JsonNode> list(ObjectNode parent, String name) {
        JsonNode node = parent.get(name);
        if (node == null || node.isNull()) {
            return List.of();
        }
        if (!node.isArray()) {
            add("bad-test", lines.of(parent, name), "`" + name + "` is expected to be a list. Maybe `[…]` around it");
            return List.of();
        }
        List<JsonNode> list = new ArrayList<>();
        node.forEach(list::add);
        return list;
    }

    /** An entry as a list of texts. */
    List<String> texts(ObjectNode parent, String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode one : list(parent, name)) {
            if (one.isContainerNode() || one.isNull()) {
                add("bad-test", lines.of(parent, name), "`" + name + "` is expected to be a list of words");
            } else {
                texts.add(one.asText());
            }
        }
        return texts;
    }

    /** An entry as a text that must be there; empty after it was reported missing. */
    String required(ObjectNode parent, String name, String where) {
        JsonNode node = parent.path(name);
        String text = node.isValueNode() ? node.asText("").strip() : "";
        if (text.isEmpty()) {
            add("bad-test", lines.of(parent, name), where + " has no `" + name + "`");
        }
        return text;
    }
}
