package io.regrade.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.fact.Numbers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How values are written on pages. What is unknown is a dash. */
public final class Show {

    /** What stands for an unknown value. */
    public static final String UNKNOWN = "–";

    private static final double WHOLE_FROM = 1000;
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Show() {}

    /** US dollars; cents only where they matter. */
    public static String money(double usd) {
        if (Double.isNaN(usd)) {
            return UNKNOWN;
        }
        String amount = format(Math.abs(usd) >= WHOLE_FROM ? "#,##0" : "#,##0.00", Math.abs(usd));
        return (usd < 0 ? "−$" : "$") + amount;
    }

    /** An amount with a few significant digits. */
    public static String amount(double amount) {
        return Double.isNaN(amount) ? UNKNOWN : Numbers.show(amount);
    }

    /** An amount and its unit. */
    public static String amount(double amount, String unit) {
        return Double.isNaN(amount) ? UNKNOWN : Numbers.show(amount) + "\u00a0" + unit;
    }

    /** A number of JSON, as an amount. */
    public static String amount(JsonNode number) {
        return number.isNumber() ? amount(number.doubleValue()) : UNKNOWN;
    }

    /** A count, with its thousands apart. */
    public static String count(long count) {
        return format("#,##0", count);
    }

    /** A share, 0 to 1, in percent. */
    public static String percent(double share) {
        return Double.isNaN(share) ? UNKNOWN : format("0.#", share * 100) + "\u00a0%";
    }

    /** A risk of 4. */
    public static String risk(double risk) {
        return Double.isNaN(risk) ? UNKNOWN : format("0.00", risk);
    }

    /** How high a risk is, as a word that styles know. */
    public static String riskWord(double risk) {
        return Double.isNaN(risk) ? "unknown" : risk <= 0.5 ? "low" : risk <= 1 ? "some" : "high";
    }

    /** A moment in UTC, which the page's script tells in the viewer's zone. */
    public static String time(Instant at) {
        return MINUTES.format(at);
    }

    /** A text, or a dash when there is none. */
    public static String text(@Nullable String text) {
        return text == null || text.isEmpty() ? UNKNOWN : text;
    }

    /** The first letters of a digest. */
    public static String digest(String digest) {
        String plain = digest.startsWith("sha256:") ? digest.substring("sha256:".length()) : digest;
        return plain.length() > 12 ? plain.substring(0, 12) : plain;
    }

    /** A text as one segment of a path. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A number of an SVG drawing. */
    public static String svg(double number) {
        return format("0.##", number);
    }

    private static String format(String pattern, double number) {
        return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
    }
}
