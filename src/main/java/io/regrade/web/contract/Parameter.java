package io.regrade.web.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of an operation.
 *
 * @param name its name; of a header in any case
 * @param in where it is
 * @param required whether it must be there
 * @param allowsEmpty whether it may be there without a value, which then means {@code true}
 * @param type the type that its text is read as
 * @param byDefault what holds when it is not there, null when nothing does
 * @param schema what it must be like
 */
public record Parameter(
        String name,
        In in,
        boolean required,
        boolean allowsEmpty,
        String type,
        @Nullable JsonNode byDefault,
        Schema schema) {

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,100}(\\.\\d{1,100})?([eE][+-]?\\d{1,4})?");

    /** Where a parameter is. */
    public enum In {
        QUERY,
        PATH,
        HEADER
    }

    /** Reads the text; what is no number or no boolean stays a text, which the schema then refuses. */
    JsonNode read(String text) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (type.equals("boolean")) {
            if (text.equals("true") || (allowsEmpty && text.isEmpty())) {
                return json.booleanNode(true);
            }
            return text.equals("false") ? json.booleanNode(false) : json.textNode(text);
        }
        if (type.equals("integer")) {
            try {
                return json.numberNode(Long.parseLong(text));
            } catch (NumberFormatException e) {
                return json.textNode(text);
            }
        }
        if (type.equals("number") && NUMBER.matcher(text).matches()) {
            double number = Double.parseDouble(text);
            return Double.isInfinite(number) ? json.textNode(text) : json.numberNode(number);
        }
        return json.textNode(text);
    }

    /** Checks a value, and says what is wrong under this parameter's name. */
    void check(JsonNode value, List<Finding> findings) {
        Place place = Place.ROOT.field(name);
        List<Finding> found = new java.util.ArrayList<>();
        schema.check(value, place, found);
        found.forEach(one -> findings.add(Finding.parameter(name, one.message())));
    }
}
