package io.regrade.engine.drools;

import io.regrade.fact.Suggestion;
import io.regrade.policy.check.FactTypes;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts what the Java compiler says of a conclusion into words of the policy's author: no class that was generated. */
final class ConclusionWords {

    /** What is wrong, in a code and a sentence. */
    record Words(String code, String sentence) {}

    private record Form(Pattern pattern, Function<MatchResult, Words> words) {}

    private static final List<String> ACTIONS = List.of("insert", "delete", "update", "modify");

    private static final List<Form> FORMS = List.of(
            form(
                    "The method (\\w+)\\(.*\\) is undefined for the type Conclusion_\\w+",
                    m -> new Words(
                            "unknown-action",
                            "there is no action `" + m.group(1) + "`. Maybe "
                                    + Suggestion.nearest(m.group(1), ACTIONS))),
            form(
                    "The method (\\w+)(\\(.*\\)) is undefined for the type (\\w+)",
                    m -> new Words(
                            "unknown-field",
                            "`" + m.group(3) + "` has no `" + m.group(1) + m.group(2) + "`"
                                    + member(m.group(3), m.group(1)))),
            form(
                    "The field (\\w+)\\.(\\w+) is not visible",
                    m -> new Words(
                            "unknown-field",
                            "`" + m.group(2) + "` of `" + m.group(1) + "` is asked with brackets here. Maybe `"
                                    + m.group(2) + "()`")),
            form(
                    "(\\w+) cannot be resolved or is not a field",
                    m -> new Words("unknown-field", "`" + m.group(1) + "` is no field")),
            form(
                    "(\\$\\w*) cannot be resolved",
                    m -> new Words(
                            "unknown-variable",
                            "`" + m.group(1) + "` is not known here. Maybe bind it in a condition")),
            form(
                    "(\\w+) cannot be resolved(?: to a (?:type|variable))?",
                    m -> new Words(
                            "unknown-name",
                            "`" + m.group(1) + "` is not known here. Maybe "
                                    + Suggestion.nearest(m.group(1), FactTypes.names()))),
            form(
                    "The method (\\w+)(\\(.*\\)) in the type (\\w+) is not applicable for the arguments (\\(.*\\))",
                    m -> new Words(
                            "wrong-arguments",
                            "`" + m.group(3) + "." + m.group(1) + m.group(2) + "` cannot take `" + m.group(4) + "`")),
            form(
                    "The constructor (\\w+)(\\(.*\\)) is undefined",
                    m -> new Words("wrong-arguments", "`" + m.group(1) + "` cannot be made of `" + m.group(2) + "`")),
            form(
                    "Type mismatch: cannot convert from (.+) to (.+)",
                    m -> new Words("type-mismatch", "`" + m.group(1) + "` stands where `" + m.group(2) + "` belongs")),
            form(
                    "Syntax error, insert \"(.+)\"",
                    m -> new Words("syntax", "a `" + symbol(m.group(1)) + "` is missing")),
            form(
                    "Syntax error on tokens?\\(?s?\\)? \"(.+?)\"",
                    m -> new Words("syntax", "unexpected `" + m.group(1) + "`")),
            form("Syntax error", m -> new Words("syntax", "this is no statement that can be read")),
            form(
                    "String literal is not properly closed",
                    m -> new Words("syntax", "the text is not closed. Maybe a `\"` is missing")));

    private static final Pattern PACKAGES =
            Pattern.compile("\\b(?:io\\.regrade\\.\\w+|java\\.lang|java\\.util)\\.(?=[A-Z])");

    private ConclusionWords() {}

    static Words of(String message) {
        String plain = plain(message);
        for (Form form : FORMS) {
            Matcher matcher = form.pattern.matcher(plain);
            if (matcher.find()) {
                return form.words.apply(matcher.toMatchResult());
            }
        }
        return new Words("does-not-compile", plain);
    }

    /** Without packages: they say nothing to who writes rules. */
    static String plain(String text) {
        return PACKAGES.matcher(text).replaceAll("");
    }

    /** The compiler names the part of its grammar where a sign completes it: {@code ";" to complete BlockStatements}. */
    private static String symbol(String inserted) {
        int quote = inserted.indexOf('"');
        return quote < 0 ? inserted : inserted.substring(0, quote);
    }

    private static String member(String type, String name) {
        return FactTypes.type(type)
                .map(known -> ". Maybe " + Suggestion.nearest(name, FactTypes.members(known, true)))
                .orElse("");
    }

    private static Form form(String pattern, Function<MatchResult, Words> words) {
        return new Form(Pattern.compile(pattern), words);
    }
}
