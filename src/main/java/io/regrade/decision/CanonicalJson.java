package io.regrade.decision;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The canonical form of JSON after RFC 8785 (JSON Canonicalization Scheme): sorted keys, no white space, numbers as
 * ECMAScript prints them. Equal values give equal bytes on every Java version. Thread-safe.
 */
public final class CanonicalJson {

    private static final MathContext ONE_DIGIT = new MathContext(1, RoundingMode.HALF_EVEN);

    private CanonicalJson() {}

    /** The canonical bytes, UTF-8. */
    public static byte[] bytes(JsonNode node) {
        StringBuilder out = new StringBuilder(512);
        write(node, out);
        return out.toString().getBytes(UTF_8);
    }

    /** {@code sha256:} and the 64 hexadecimal digits of the SHA-256 of the canonical bytes. */
    public static String digest(JsonNode node) {
        return digest(bytes(node));
    }

    /** {@code sha256:} and the 64 hexadecimal digits of the SHA-256 of bytes. */
    public static String digest(byte[] content) {
        return "sha256:" + HexFormat.of().formatHex(sha256().digest(content));
    }

    /** A new SHA-256. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static void write(JsonNode node, StringBuilder out) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node, out);
            case ARRAY -> array(node, out);
            case STRING -> string(node.textValue(), out);
            case BINARY -> out.append('"').append(node.asText()).append('"');
            case NUMBER -> number(node.doubleValue(), out);
            case BOOLEAN -> out.append(node.booleanValue());
            default -> out.append("null");
        }
    }

    private static void object(JsonNode node, StringBuilder out) {
        List<String> keys = new ArrayList<>(node.size());
        node.fieldNames().forEachRemaining(keys::add);
        keys.sort(null); // by UTF-16 code units, as RFC 8785 wants
        char separator = '{';
        for (String key : keys) {
            out.append(separator);
            string(key, out);
            out.append(':');
            write(node.get(key), out);
            separator = ',';
        }
        out.append(keys.isEmpty() ? "{}" : "}");
    }

    private static void array(JsonNode node, StringBuilder out) {
        out.append('[');
        for (int i = 0; i < node.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            write(node.get(i), out);
        }
        out.append(']');
    }

    private static void string(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** ECMAScript's Number::toString; the digits are the shortest that read back to the same number. */
    static void number(double value, StringBuilder out) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("`" + value + "` cannot be written as JSON");
        }
        if (value == 0) {
            out.append('0');
            return;
        }
        if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
            out.append((long) value);
            return;
        }
        String text = NumberOutput.toString(value, true);
        if (text.indexOf('E') < 0) { // from a thousandth to ten millions Java and ECMAScript write alike
            out.append(text);
            return;
        }
        BigDecimal shortest = new BigDecimal(text).stripTrailingZeros();
        if (shortest.precision() == 2) { // Java writes two digits at least, 4.9E-324 where 5e-324 would do
            BigDecimal oneDigit = shortest.round(ONE_DIGIT).stripTrailingZeros();
            shortest = oneDigit.doubleValue() == value ? oneDigit : shortest;
        }
        String digits = shortest.unscaledValue().abs().toString();
        int point = digits.length() - shortest.scale(); // place of the decimal point from the first digit
        if (value < 0) {
            out.append('-');
        }
        if (point > 21 || point < -5) {
            out.append(digits.charAt(0));
            if (digits.length() > 1) {
                out.append('.').append(digits, 1, digits.length());
            }
            out.append(point > 0 ? "e+" : "e-").append(Math.abs(point - 1));
        } else if (point <= 0) {
            out.append("0.").append("0".repeat(-point)).append(digits);
        } else if (point >= digits.length()) {
            out.append(digits).append("0".repeat(point - digits.length()));
        } else {
            out.append(digits, 0, point).append('.').append(digits, point, digits.length());
        }
    }
}
