package io.regrade.policy.gate;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.regex.Matcher;

/** Which regular expressions rules may use: those that can be matched in time in proportion to the text. */
public final class Regexes {

    private static final int LONGEST = 256;
    private static final long MOST_REPETITIONS = 1_000;
    private static final java.util.regex.Pattern COUNTED =
            java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?\\}");

    private Regexes() {}

    /** What is wrong with a pattern, as the rest of a sentence; empty when nothing is. */
    public static String problem(String pattern) {
        if (pattern.length() > LONGEST) {
            return "is longer than " + LONGEST + " characters";
        }
        if (repetitions(pattern) > MOST_REPETITIONS) {
            return "repeats more than " + MOST_REPETITIONS + " times. Maybe use `*` or `+`";
        }
        try {
            Pattern.compile(pattern);
            return "";
        } catch (PatternSyntaxException e) {
            return "cannot be matched: " + e.getDescription() + ". Maybe without look-ahead and back-references";
        }
    }

    /** The counts multiplied, as if all were within each other. */
    private static long repetitions(String pattern) {
        long product = 1;
        Matcher counted = COUNTED.matcher(pattern);
        while (counted.find()) {
            long most = Long.parseLong(counted.group(1));
            String upper = counted.group(2);
            if (upper != null && !upper.isEmpty()) {
                most = Math.max(most, Long.parseLong(upper));
            }
            product = Math.min(MOST_REPETITIONS + 1, product * Math.max(1, most));
        }
        return product;
    }
}
