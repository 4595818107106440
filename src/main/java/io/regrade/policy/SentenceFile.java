package io.regrade.policy;

import io.regrade.fact.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns rules that are written as sentences, {@code .dslr}, into the rule language, line by line: what stands in a line
 * of the one stands in the same line of the other, so every place that is told of the rules is right in the sentences.
 */
final class SentenceFile {

    private static final Pattern RULE = Pattern.compile("^\\s*rule\\s+[\"'].*");
    private static final Pattern ID = Pattern.compile("@id\\(\\s*\"([^\"]*)\"");
    private static final Pattern WHEN = Pattern.compile("^(\\s*)[Ww]hen\\b(.*)$");
    private static final Pattern THEN = Pattern.compile("^(\\s*)[Tt]hen\\b(.*)$");
    private static final Pattern END = Pattern.compile("^\\s*end\\b.*");
    private static final Pattern JOINED = Pattern.compile("^(?:and|And|-)\\s+");
    private static final Pattern AMOUNT = Pattern.compile("(?<![\\w.-])(\\d+(?:\\.\\d+)?)\\s*("
            + Stream.of(AmountUnit.values()).map(unit -> unit.written).collect(Collectors.joining("|"))
            + ")(?![\\w/])");

    private final String file;
    private final SentenceVocabulary vocabulary;
    private final List<Parameter> declared;
    private final List<Diagnostic> problems;
    private final List<Parameter> stated = new ArrayList<>();
    /** What is written for each of them. */
    private final Map<String, String> numbers = new HashMap<>();

    private final Map<String, Integer> used = new HashMap<>();
    private String id = "";

    /**
     * Reads one file.
     *
     * @param declared the parameters of {@code policy.yaml}
     * @param problems what is wrong is added to these
     */
    SentenceFile(String file, SentenceVocabulary vocabulary, List<Parameter> declared, List<Diagnostic> problems) {
        this.file = file;
        this.vocabulary = vocabulary;
        this.declared = declared;
        this.problems = problems;
    }

    /** The numbers that sentences state: each is a parameter of its rule. */
    List<Parameter> stated() {
        return stated;
    }

    /** The rules in the rule language. */
    String expanded(String text) {
        List<String> plain = DrlText.withoutComments(text).lines().toList();
        StringBuilder out = new StringBuilder(text.length() * 2);
        Sentence.@org.jspecify.annotations.Nullable Scope scope = null;
        for (int i = 0; i < plain.size(); i++) {
            String line = plain.get(i).stripTrailing();
            Matcher when = WHEN.matcher(line);
            Matcher then = THEN.matcher(line);
            if (RULE.matcher(line).matches()) {
                scope = null;
                id = "";
                used.clear();
                annotated(line);
                out.append(line);
            } else if (END.matcher(line).matches()) {
                scope = null;
                out.append(line);
            } else if (scope == null && when.matches()) {
                scope = Sentence.Scope.WHEN;
                out.append(when.group(1)).append("when").append(sentence(scope, when.group(2), line, i + 1));
            } else if (then.matches() && scope != null) {
                scope = Sentence.Scope.THEN;
                out.append(then.group(1)).append("then").append(sentence(scope, then.group(2), line, i + 1));
            } else if (scope == null) {
                annotated(line);
                out.append(line);
            } else {
                out.append(sentence(scope, line, line, i + 1));
            }
            out.append('\n');
        }
        return out.toString();
    }

    private void annotated(String line) {
        Matcher annotation = ID.matcher(line);
        id = annotation.find() ? annotation.group(1) : id;
    }

    /** One line of a rule, with a blank in front; a line that begins with {@code >} is in the rule language already. */
    private String sentence(Sentence.Scope scope, String text, String whole, int line) {
        String written = text.strip();
        if (written.isEmpty()) {
            return "";
        }
        if (written.startsWith(">")) {
            return " " + written.substring(1);
        }
        String joined = JOINED.matcher(written).replaceFirst("");
        int column = whole.indexOf(joined) + 1;
        String named = scope == Sentence.Scope.WHEN ? named(joined, line, column) : joined;
        SentenceVocabulary.Found found = vocabulary.find(scope, named);
        if (found == null) {
            problem("unknown-sentence", line, column, unknown(scope, joined, named));
            return "";
        }
        for (String slot : found.sentence().slots()) {
            AmountUnit.ofSlot(slot).ifPresent(unit -> check(found.words().getOrDefault(slot, ""), unit, line, column));
        }
        return "  " + found.sentence().expanded(found.words(), line);
    }

    private String unknown(Sentence.Scope scope, String written, String named) {
        boolean number = scope == Sentence.Scope.WHEN
                && Pattern.compile("(?<![\\w.-])\\d").matcher(named).find();
        return "the vocabulary has no sentence `" + written + "`. Maybe " + vocabulary.nearest(scope, named)
                + (number ? ", and a number with its unit, such as `50 %` or `14 days`" : "")
                + (written.contains("{") ? ", with words of yours in the place of `{…}`" : "");
    }

    /** The sentence with a parameter's name in place of each number: a number in a sentence is a parameter of its rule. */
    private String named(String text, int line, int column) {
        return AMOUNT.matcher(text).replaceAll(found -> {
            AmountUnit unit = AmountUnit.ofWritten(found.group(2));
            int count = used.merge(unit.slot, 1, Integer::sum);
            String name = id + "-" + unit.slot + (count == 1 ? "" : "-" + count);
            double value = unit.amount(Decimal.parse(found.group(1)));
            if (!(value >= unit.min && value <= unit.max)) {
                problem("out-of-bounds", line, column, "`" + found.group() + "` is out of bounds");
            }
            numbers.put(name, found.group());
            stated.add(new Parameter(
                    name, "Stated in the sentence: " + text, unit.unit, value, unit.min, unit.max, file, line));
            return name;
        });
    }

    private void check(String parameter, AmountUnit unit, int line, int column) {
        List<Parameter> all = Stream.concat(declared.stream(), stated.stream()).toList();
        Parameter known = all.stream()
                .filter(one -> one.name().equals(parameter))
                .findFirst()
                .orElse(null);
        List<String> fitting = all.stream()
                .filter(one -> one.unit().equals(unit.unit))
                .map(Parameter::name)
                .toList();
        if (known == null) {
            problem(
                    "unknown-parameter",
                    line,
                    column,
                    "`" + parameter + "` is not a parameter of this policy. Maybe "
                            + Suggestion.nearest(parameter, fitting));
        } else if (!known.unit().equals(unit.unit)) {
            problem(
                    "wrong-unit",
                    line,
                    column,
                    "`" + numbers.getOrDefault(parameter, parameter) + "` is in " + known.unit() + ", here " + unit.unit
                            + " is expected. Maybe " + Suggestion.nearest(parameter, fitting));
        }
    }

    private void problem(String code, int line, int column, String message) {
        problems.add(Diagnostic.of(Diagnostic.Severity.ERROR, code, file, line, column, message));
    }
}
