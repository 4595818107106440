package io.regrade.intake.inventory;

import io.regrade.fact.Characters;
import io.regrade.fact.OperatingSystem;
import io.regrade.intake.telemetry.Decimals;
import io.regrade.intake.telemetry.SampleBlock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The one set of checks that every field passes. A field that fails is reported and then read as unknown. */
final class Fields {

    /** Amounts above this are no amounts; it also keeps sums finite. */
    static final double LARGEST = SampleBlock.LARGEST;

    private static final int LONGEST_ID = 512;

    private final FieldSource source;
    private boolean fine = true;

    Fields(FieldSource source) {
        this.source = source;
    }

    /** Whether nothing was reported so far. */
    boolean isFine() {
        return fine;
    }

    void problem(String name, String message) {
        fine = false;
        source.problem(name, message);
    }

    @Nullable
    String text(String name) {
        String text = source.text(name);
        return text == null || isClean(name, text) ? text : null;
    }

    /** Whether a text has only characters that one can be made of; otherwise it was reported. */
    private boolean isClean(String name, String text) {
        Optional<String> wrong = Characters.wrongInName(text);
        wrong.ifPresent(what ->
                problem(name, "`" + shorten(name) + "` " + what + ": `" + shorten(text) + "`. Maybe leave it out"));
        return wrong.isEmpty();
    }

    private List<String> clean(String name, List<String> texts) {
        return texts.stream().filter(text -> isClean(name, text)).toList();
    }

    /** A text that must be there; null after it was reported missing. */
    @Nullable
    String required(String name) {
        String text = source.text(name);
        if (text == null) {
            problem(name, "`" + name + "` has no value");
        } else if (text.length() > LONGEST_ID) {
            problem(name, "`" + name + "` is longer than " + LONGEST_ID + " characters");
            return null;
        } else if (!isClean(name, text)) {
            return null;
        }
        return text;
    }

    /** Zero or more; NaN when empty. */
    double amount(String name) {
        String text = source.text(name);
        if (text == null) {
            return Double.NaN;
        }
        double amount = source.isNumber(name) ? Decimals.parse(text) : Double.NaN;
        if (isAmount(amount)) {
            return amount;
        }
        problem(name, source.isNumber(name) ? amountProblem(name, text, amount) : notANumber(name, text));
        return Double.NaN;
    }

    private static String notANumber(String name, String text) {
        return Double.isNaN(Decimals.parse(text))
                ? amountProblem(name, text, Double.NaN)
                : "`" + name + "` is a text, not a number. Maybe `" + shorten(text) + "` without quotes";
    }

    /** Any finite number; NaN when empty. */
    double number(String name) {
        String text = source.text(name);
        double number = text != null && source.isNumber(name) ? Decimals.parse(text) : Double.NaN;
        if (text != null && !(Math.abs(number) <= LARGEST)) {
            problem(name, amountProblem(name, text, number));
            return Double.NaN;
        }
        return number;
    }

    /** Above zero; NaN when empty. */
    double positive(String name) {
        double amount = amount(name);
        if (amount == 0) {
            problem(name, "`" + name + "` is `0`. Maybe it is unknown: then leave it empty");
            return Double.NaN;
        }
        return amount;
    }

    /** Between 0 and 1; NaN when empty. */
    double share(String name) {
        double share = amount(name);
        if (share > 1) {
            problem(
                    name,
                    "`" + name + "` is `" + source.text(name) + "`, a share is between 0 and 1."
                            + (share <= 100 ? " Maybe `" + share / 100 + "`" : ""));
            return Double.NaN;
        }
        return share;
    }

    /** A whole number, zero or more; null when empty. */
    @Nullable
    Integer count(String name) {
        double amount = amount(name);
        if (Double.isNaN(amount)) {
            return null;
        }
        if (amount != Math.rint(amount) || amount > Integer.MAX_VALUE) {
            problem(name, "`" + name + "` is `" + source.text(name) + "`, which is not a whole number");
            return null;
        }
        return (int) amount;
    }

    static boolean isAmount(double amount) {
        return amount >= 0 && amount <= LARGEST;
    }

    /** What is said of a text that is no amount, and of the number that was read from it. */
    static String amountProblem(String name, String text, double amount) {
        String what = "`" + name + "` is `" + shorten(text) + "`, which is ";
        if (Double.isNaN(amount)) {
            return what + "not a number"
                    + (text.contains(",") ? ". Maybe with a point: `" + text.replace(',', '.') + "`" : "")
                    + (text.equalsIgnoreCase("nan") ? ". Maybe leave it empty when it is unknown" : "");
        }
        return what + (amount < 0 ? "negative" : "too large");
    }

    /** An input as it may be shown. */
    static String shorten(String text) {
        String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return Characters.shown(shown);
    }

    @Nullable
    Boolean flag(String name) {
        String text = source.text(name);
        if (text == null || text.equals("true")) {
            return text == null ? null : Boolean.TRUE;
        }
        if (!text.equals("false")) {
            problem(name, "`" + name + "` is `" + shorten(text) + "`. Maybe `true` or `false`");
        }
        return Boolean.FALSE;
    }

    @Nullable
    OperatingSystem os(String name) {
        String text = source.text(name);
        if (text == null) {
            return null;
        }
        try {
            return OperatingSystem.parse(text);
        } catch (IllegalArgumentException e) {
            problem(name, String.valueOf(e.getMessage()));
            return null;
        }
    }

    List<String> list(String name) {
        return clean(name, source.list(name));
    }

    Set<String> words(String name) {
        return new LinkedHashSet<>(list(name));
    }

    /** Words that are compared without regard to case, such as features. */
    Set<String> lowerWords(String name) {
        Set<String> words = new LinkedHashSet<>();
        for (String word : list(name)) {
            words.add(word.toLowerCase(Locale.ROOT));
        }
        return words;
    }

    /** The tags, and every field that the schema doesn't know. */
    Map<String, String> tags(Schema schema) {
        Map<String, String> tags = new LinkedHashMap<>();
        source.map("tags").forEach((name, text) -> {
            if (isClean("tags", name) && isClean("tags", text)) {
                tags.put(name, text);
            }
        });
        for (String name : source.names()) {
            String text = schema.knows(name) ? null : source.text(name);
            if (text != null && isClean(name, name) && isClean(name, text)) {
                String before = tags.put(name, text);
                if (before != null && !before.equals(text)) {
                    problem(
                            name,
                            "the tag `" + name + "` is both `" + shorten(before) + "` and `" + shorten(text) + "`");
                }
            }
        }
        return tags;
    }
}
