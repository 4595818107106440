package io.regrade.web.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.fact.Characters;
import io.regrade.fact.Suggestion;
import io.regrade.web.contract.Schema.Check;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the keywords of a schema check, and the sentences for what is wrong. */
final class ScalarChecks {

    private static final int LONGEST_SHOWN = 60;

    /** What no schema can say: a text of which a character cannot be stored. */
    static final Check CHARACTERS = (node, place, findings) -> {
        if (node.isTextual()) {
            Characters.wrongInText(node.textValue())
                    .ifPresent(what -> findings.add(
                            Finding.pointer(place.pointer(), place.label() + " " + what + ". Maybe leave it out")));
        }
    };

    private ScalarChecks() {}

    static Check type(List<String> types) {
        List<String> wanted = types.stream()
                .filter(type -> !type.equals("null"))
                .map(ScalarChecks::words)
                .toList();
        String expected = wanted.isEmpty() ? "`null`" : String.join(" or ", wanted);
        return (node, place, findings) -> {
            for (String type : types) {
                if (is(node, type)) {
                    return;
                }
            }
            findings.add(Finding.pointer(place.pointer(), place.label() + " is " + kind(node) + ", not " + expected));
        };
    }

    private static boolean is(JsonNode node, String type) {
        return switch (type) {
            case "object" -> node.isObject();
            case "array" -> node.isArray();
            case "string" -> node.isTextual();
            case "number" -> node.isNumber();
            case "integer" -> node.isNumber() && isWhole(node);
            case "boolean" -> node.isBoolean();
            case "null" -> node.isNull();
            default -> throw new IllegalArgumentException("the contract uses the type `" + type + "`");
        };
    }

    private static boolean isWhole(JsonNode node) {
        double number = node.doubleValue();
        return node.isIntegralNumber() || (number == Math.rint(number) && !Double.isInfinite(number));
    }

    private static String words(String type) {
        return switch (type) {
            case "object" -> "an object";
            case "array" -> "a list";
            case "string" -> "a text";
            case "integer" -> "a whole number";
            case "boolean" -> "`true` or `false`";
            default -> "a " + type;
        };
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT, POJO -> "an object";
            case ARRAY -> "a list";
            case STRING, BINARY -> "a text";
            case NUMBER -> "`" + shorten(node.asText()) + "`";
            case BOOLEAN -> "`" + node.asText() + "`";
            case NULL -> "`null`";
            case MISSING -> "nothing";
        };
    }

    private static String shorten(String text) {
        String shown = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
        return Characters.shown(shown);
    }

    static Check oneOf(JsonNode values) {
        List<String> words = new ArrayList<>();
        values.forEach(value -> {
            if (!value.isNull()) {
                words.add(value.asText());
            }
        });
        return (node, place, findings) -> {
            for (JsonNode value : values) {
                if (value.equals(node)) {
                    return;
                }
            }
            if (node.isTextual()) {
                findings.add(Finding.pointer(
                        place.pointer(),
                        place.label() + " is `" + shorten(node.textValue()) + "`. Maybe "
                                + Suggestion.nearest(node.textValue(), words)));
            } else {
                findings.add(Finding.pointer(
                        place.pointer(), place.label() + " is not one of `" + String.join("`, `", words) + "`"));
            }
        };
    }

    static Check range(@Nullable BigDecimal min, @Nullable BigDecimal max, @Nullable BigDecimal above) {
        // Doubles decide the common case; numbers near a bound are compared exactly.
        double low = min == null ? Double.NEGATIVE_INFINITY : min.doubleValue();
        double high = max == null ? Double.POSITIVE_INFINITY : max.doubleValue();
        double under = above == null ? Double.NEGATIVE_INFINITY : above.doubleValue();
        return (node, place, findings) -> {
            if (!node.isNumber()) {
                return;
            }
            double number = node.doubleValue();
            if (number > low && number < high && number > under) {
                return;
            }
            BigDecimal exact = Double.isInfinite(number) && !node.isBigDecimal() && !node.isBigInteger()
                    ? new BigDecimal(number > 0 ? "1e999" : "-1e999")
                    : node.decimalValue();
            String what = null;
            if (min != null && exact.compareTo(min) < 0) {
                what = "less than " + min.toPlainString();
            } else if (above != null && exact.compareTo(above) <= 0) {
                what = "not more than " + above.toPlainString();
            } else if (max != null && exact.compareTo(max) > 0) {
                what = "more than " + max.toPlainString();
            }
            if (what != null) {
                findings.add(Finding.pointer(
                        place.pointer(), place.label() + " is `" + shorten(node.asText()) + "`, which is " + what));
            }
        };
    }

    static Check length(int min, int max) {
        return (node, place, findings) -> {
            if (!node.isTextual()) {
                return;
            }
            int length = node.textValue().codePointCount(0, node.textValue().length());
            if (length < min) {
                findings.add(Finding.pointer(place.pointer(), place.label() + " has no value"));
            } else if (length > max) {
                findings.add(
                        Finding.pointer(place.pointer(), place.label() + " is longer than " + max + " characters"));
            }
        };
    }

    /** Checks what a text looks like; {@code emptyIsTold}: an empty one is told by its length already. */
    static Check pattern(Pattern pattern, boolean emptyIsTold) {
        return (node, place, findings) -> {
            if (emptyIsTold && node.isTextual() && node.textValue().isEmpty()) {
                return;
            }
            if (node.isTextual() && !pattern.matcher(node.textValue()).find()) {
                findings.add(Finding.pointer(
                        place.pointer(),
                        place.label() + " is `" + shorten(node.textValue()) + "`, which does not look like `"
                                + pattern.pattern() + "`"));
            }
        };
    }

    static Check size(int min, int max) {
        return (node, place, findings) -> {
            if (!node.isArray()) {
                return;
            }
            if (node.size() < min) {
                findings.add(Finding.pointer(
                        place.pointer(),
                        place.label() + " has " + node.size() + " entries, at least " + min + " is expected"));
            } else if (node.size() > max) {
                findings.add(Finding.pointer(
                        place.pointer(), place.label() + " has " + node.size() + " entries, the most are " + max));
            }
        };
    }

    /** Checks known fields each by its schema, and others by {@code rest}; null: there may be no others. */
    static Check fields(Map<String, Schema> known, @Nullable Schema rest) {
        return (node, place, findings) -> {
            if (!node.isObject()) {
                return;
            }
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                Schema schema = known.getOrDefault(field.getKey(), rest);
                if (schema != null) {
                    schema.check(field.getValue(), place.field(field.getKey()), findings);
                } else {
                    findings.add(Finding.pointer(
                            place.field(field.getKey()).pointer(),
                            "`" + shorten(field.getKey()) + "` is not known. Maybe "
                                    + Suggestion.nearest(field.getKey(), known.keySet())));
                }
            }
        };
    }
}
