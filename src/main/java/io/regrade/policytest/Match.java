package io.regrade.policytest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.fact.Numbers;
import java.util.ArrayList;
import java.util.List;

/** Whether a part of a decision has everything that is expected of it. */
final class Match {

    /** Amounts are equal when they are to four digits, which is how they are shown. */
    private static final double TOLERANCE = 5e-4;

    private Match() {}

    /** Whether each field that is expected is there: texts contain, numbers to four digits, lists all entries. */
    static boolean includes(JsonNode actual, JsonNode expected) {
        if (expected.isObject()) {
            for (var field : expected.properties()) {
                JsonNode is = actual.path(field.getKey());
                boolean sentence = field.getKey().equals("why");
                boolean same =
                        sentence ? is.asText().contains(field.getValue().asText()) : includes(is, field.getValue());
                if (!same) {
                    return false;
                }
            }
            return actual.isObject();
        }
        if (expected.isArray()) {
            for (JsonNode one : expected) {
                if (!anyIncludes(actual, one)) {
                    return false;
                }
            }
            return actual.isArray();
        }
        if (expected.isNumber() && actual.isNumber()) {
            double wanted = expected.doubleValue();
            return Math.abs(actual.doubleValue() - wanted) <= TOLERANCE * Math.abs(wanted);
        }
        return expected.isNull()
                ? actual.isNull() || actual.isMissingNode()
                : actual.isValueNode() && expected.asText().equals(actual.asText());
    }

    /** Whether one of the entries of a list includes what is expected. */
    static boolean anyIncludes(JsonNode list, JsonNode expected) {
        for (JsonNode one : list) {
            if (includes(one, expected)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a list has a word. */
    static boolean contains(JsonNode list, JsonNode word) {
        return anyIncludes(list, word);
    }

    /** A value as it is shown in a sentence. */
    static String show(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> fields = new ArrayList<>();
            object.properties().forEach(f -> fields.add(f.getKey() + ": " + show(f.getValue())));
            return "{" + String.join(", ", fields) + "}";
        }
        if (node.isArray()) {
            List<String> entries = new ArrayList<>();
            node.forEach(one -> entries.add(show(one)));
            return "[" + String.join(", ", entries) + "]";
        }
        return node.isNumber() ? Numbers.show(node.doubleValue()) : node.isMissingNode() ? "nothing" : node.asText();
    }

    /** The entries of a list with only those fields that are compared. */
    static String showLike(JsonNode list, JsonNode expected) {
        List<String> entries = new ArrayList<>();
        for (JsonNode one : list) {
            ObjectNode compared = ((ObjectNode) one).objectNode();
            expected.fieldNames().forEachRemaining(name -> compared.set(name, one.path(name)));
            entries.add(show(compared));
        }
        return entries.isEmpty()
                ? "nothing"
                : String.join(", ", entries.stream().distinct().toList());
    }
}
