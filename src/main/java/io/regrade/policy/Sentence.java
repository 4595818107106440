package io.regrade.policy;

import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One sentence of a vocabulary: what an author may write, and what it stands for in the rule language.
 *
 * @param scope whether it is a condition or a conclusion
 * @param template what is written, with {@code {name}} or {@code {name:pattern}} where words of the author's stand
 * @param rule what it stands for, with {@code {name}}, or {@code {name!word?text/…/otherwise}} for a table of words
 * @param file the vocabulary's file
 * @param line its line there, from 1
 */
public record Sentence(Scope scope, String template, String rule, String file, int line) {

    /** Where a sentence may stand. */
    public enum Scope {
        /** Under {@code when}. */
        WHEN,
        /** Under {@code then}. */
        THEN
    }

    private static final Pattern SLOT = Pattern.compile("\\{([a-z][A-Za-z0-9]*)(?::([^{}]*))?\\}");
    private static final Pattern USE = Pattern.compile("\\{([a-z][A-Za-z0-9]*)(?:!([^{}]*))?\\}");
    /** The form of words that are one word. */
    private static final String ONE_WORD = "\\S+";
    /** Characters of a sentence, as it is known and as it is written. */
    private static final int LONGEST = 2_000;
    /** Words that are compared to say which sentence is nearest. */
    private static final int MOST_WORDS = 100;

    static final String PARAMETER = "[a-z][a-z0-9]*(?:-[a-z0-9]+)*";

    /** The names of the places where the author's words stand. */
    public List<String> slots() {
        List<String> slots = new ArrayList<>();
        SLOT.matcher(template).results().forEach(slot -> slots.add(slot.group(1)));
        return slots;
    }

    /** The sentence as authors read it: with the words that a place may have, not with the form that they must have. */
    public String shown() {
        return SLOT.matcher(template).replaceAll(slot -> {
            boolean choice = slot.group(2) != null && slot.group(2).contains("|");
            return Matcher.quoteReplacement(choice ? slot.group() : "{" + slot.group(1) + "}");
        });
    }

    /** The author's words by slot, or nothing when the text is another sentence. Case counts only for those words. */
    Optional<Map<String, String>> match(String text) {
        com.google.re2j.Matcher matcher = pattern().matcher(text);
        if (text.length() > LONGEST || !matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> words = new HashMap<>();
        int group = 1;
        for (String slot : slots()) {
            words.put(slot, matcher.group(group++).strip());
        }
        return Optional.of(words);
    }

    /** What is wrong with it, as the rest of a sentence; empty when nothing is. */
    String problem() {
        if (template.length() > LONGEST) {
            return "is longer than " + LONGEST + " characters";
        }
        try {
            pattern();
            return "";
        } catch (PatternSyntaxException e) {
            return "has words that cannot be matched: " + e.getDescription()
                    + ". Maybe without look-ahead and back-references";
        }
    }

    /** Matched in time in proportion to the text, whatever its author wrote between braces. */
    private com.google.re2j.Pattern pattern() {
        StringBuilder regex = new StringBuilder();
        Matcher slot = SLOT.matcher(template);
        int from = 0;
        while (slot.find()) {
            literal(regex, template.substring(from, slot.start()));
            String own = slot.group(2) != null
                    ? slot.group(2).replaceAll("\\((?!\\?)", "(?:")
                    : AmountUnit.ofSlot(slot.group(1)).isPresent() ? PARAMETER : ".+?";
            regex.append("((?-i:").append(own).append("))");
            from = slot.end();
        }
        literal(regex, template.substring(from));
        return com.google.re2j.Pattern.compile(regex.toString(), com.google.re2j.Pattern.CASE_INSENSITIVE);
    }

    private static void literal(StringBuilder regex, String text) {
        String[] words = text.split("\\s+", -1);
        for (int i = 0; i < words.length; i++) {
            regex.append(i == 0 ? "" : "\\s+").append(words[i].isEmpty() ? "" : Pattern.quote(words[i]));
        }
    }

    /**
     * The rule language for words of the author's.
     *
     * @param inLine the line of the sentence, which {@code {line}} stands for: variables end with it, so that a rule may
     *     have a sentence twice
     */
    String expanded(Map<String, String> words, int inLine) {
        Matcher use = USE.matcher(rule);
        return use.replaceAll(found -> {
            String word = found.group(1).equals("line") ? String.valueOf(inLine) : words.get(found.group(1));
            return Matcher.quoteReplacement(
                    word == null ? found.group() : found.group(2) == null ? word : looked(found.group(2), word));
        });
    }

    /** {@code a?x/b?y/z}: x for the word a, y for b, and z for any other. */
    private static String looked(String table, String word) {
        for (String entry : table.split("/", -1)) {
            int question = entry.indexOf('?');
            if (question < 0) {
                return entry;
            }
            if (entry.substring(0, question).equals(word)) {
                return entry.substring(question + 1);
            }
        }
        return word;
    }

    /** How far a text is from this sentence, in words: 0 for the sentence itself. */
    double distance(String text) {
        String[] written = text.split("\\s+", MOST_WORDS);
        String[] known = SLOT.matcher(template)
                .replaceAll(slot -> Matcher.quoteReplacement(ONE_WORD.equals(slot.group(2)) ? "{1}" : "{}"))
                .split("\\s+", MOST_WORDS);
        double[][] cost = new double[known.length + 1][written.length + 1];
        for (int j = 1; j <= written.length; j++) {
            cost[0][j] = j;
        }
        for (int i = 1; i <= known.length; i++) {
            boolean slot = known[i - 1].contains("{");
            double more = known[i - 1].contains("{}") ? 0.3 : 1;
            cost[i][0] = i;
            for (int j = 1; j <= written.length; j++) {
                double same = slot ? 0.1 : known[i - 1].equalsIgnoreCase(written[j - 1]) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + same, Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + more));
            }
        }
        return cost[known.length][written.length];
    }
}
