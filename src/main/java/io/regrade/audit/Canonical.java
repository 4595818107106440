package io.regrade.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Canonical JSON (RFC 8785), the verifier's own. Thread-safe. */
final class Canonical {

    private static final ObjectReader READER = new ObjectMapper(
                    new JsonFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION))
            .reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final double EXACT = 1L << 53;

    private Canonical() {}

    /**
     * Reads JSON.
     *
     * @throws IOException with a message for people when it is not JSON, or an object has a key twice
     */
    static JsonNode read(byte[] json) throws IOException {
        try {
            return READER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IOException(e.getOriginalMessage());
        }
    }

    /** The canonical bytes of a value. */
    static byte[] bytes(JsonNode node) {
        StringBuilder out = new StringBuilder(512);
        write(node, out);
        return out.toString().getBytes(UTF_8);
    }

    private static void write(JsonNode node, StringBuilder out) {
        if (node.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            for (Iterator<Map.Entry<String, JsonNode>> fields = node.fields(); fields.hasNext(); ) {
                Map.Entry<String, JsonNode> field = fields.next();
                sorted.put(field.getKey(), field.getValue());
            }
            String comma = "";
            out.append('{');
            for (Map.Entry<String, JsonNode> field : sorted.entrySet()) {
                out.append(comma);
                quote(field.getKey(), out);
                out.append(':');
                write(field.getValue(), out);
                comma = ",";
            }
            out.append('}');
        } else if (node.isArray()) {
            String comma = "";
            out.append('[');
            for (JsonNode element : node) {
                out.append(comma);
                write(element, out);
                comma = ",";
            }
            out.append(']');
        } else if (node.isTextual()) {
            quote(node.textValue(), out);
        } else if (node.isNumber()) {
            out.append(number(node.doubleValue()));
        } else {
            out.append(node.asText()); // true, false, null
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int escape = "\"\\\b\t\n\f\r".indexOf(c);
            if (escape >= 0) {
                out.append('\\').append("\"\\btnfr".charAt(escape));
            } else if (c < ' ') {
                out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /**
     * Number.prototype.toString of ECMAScript.
     *
     * @throws IllegalArgumentException when the number is larger than JSON's numbers are, by RFC 8785
     */
    static String number(double value) {
        if (Double.isInfinite(value) || Double.isNaN(value)) {
            throw new IllegalArgumentException("a number is beyond what a double holds");
        }
        if (value == 0) {
            return "0";
        }
        if (Math.abs(value) < EXACT && value == Math.floor(value)) {
            return Long.toString((long) value);
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        int k = digits.length();
        int n = k - shortest.scale(); // the value is 0.digits times ten to the power of n
        String sign = value < 0 ? "-" : "";
        if (k <= n && n <= 21) {
            return sign + digits + "0".repeat(n - k);
        }
        if (0 < n && n <= 21) {
            return sign + digits.substring(0, n) + "." + digits.substring(n);
        }
        if (-6 < n && n <= 0) {
            return sign + "0." + "0".repeat(-n) + digits;
        }
        String fraction = k == 1 ? "" : "." + digits.substring(1);
        return sign + digits.charAt(0) + fraction + "e" + (n - 1 < 0 ? "-" : "+") + Math.abs(n - 1);
    }

    /** The decimal with the fewest digits that reads back to the number, and of those the nearest. */
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int precision = 1; precision < 17; precision++) {
            MathContext down = new MathContext(precision, RoundingMode.FLOOR);
            MathContext up = new MathContext(precision, RoundingMode.CEILING);
            Optional<BigDecimal> found = Stream.of(exact.round(down), exact.round(up))
                    .filter(decimal -> decimal.doubleValue() == value)
                    .min(Comparator.comparing(decimal -> decimal.subtract(exact).abs()));
            if (found.isPresent()) {
                return found.get().stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(17, RoundingMode.HALF_EVEN)).stripTrailingZeros();
    }
}
