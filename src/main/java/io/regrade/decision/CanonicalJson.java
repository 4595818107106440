package io.regrade.decision;

import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The canonical form of JSON after RFC 8785 (JSON Canonicalization Scheme): sorted keys, no white space, numbers as
 * ECMAScript prints them. Equal values give equal bytes on every Java version. Thread-safe.
 */
public final class CanonicalJson {

    private static final MathContext ONE_DIGIT = new MathContext(1, RoundingMode.HALF_EVEN);

    private CanonicalJson() {}

    /** The canonical bytes, UTF-8. */
    public static byte[] bytes(JsonNode node) {
        CanonicalWriter out = new CanonicalWriter();
        out.write(node);
        return out.bytes();
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
