package io.regrade.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the heads of the rules in one {@code .drl} file: names, annotations, places and the parameters they use. */
final class RuleFile {

    static final Pattern PARAMETER = Pattern.compile("\\bLimit\\s*\\([^)]{0,500}?\\bname\\s*==\\s*\"([^\"]+)\"");

    private static final Pattern RULE = Pattern.compile("(?m)^\\h*rule\\s+(?:\"([^\"]*)\"|'([^']*)'|(\\S+))");
    private static final Pattern END = Pattern.compile("(?m)\\bend\\b\\h*;?\\h*$");
    private static final Pattern GROUP = Pattern.compile("(?m)^\\h*agenda-group\\s+\"([^\"]+)\"");
    private static final Pattern WHEN = Pattern.compile("(?m)^\\h*when\\b");
    private static final Pattern THEN = Pattern.compile("(?m)^\\h*then\\b");
    private static final Pattern ANNOTATION =
            Pattern.compile("@(id|owner|why)\\(\\s*\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+){0,200})\"\\s*\\)");

    private RuleFile() {}

    static List<RuleSource> rulesOf(String file, String text) {
        String plain = DrlText.withoutComments(text);
        Matcher rule = RULE.matcher(plain);
        List<RuleSource> rules = new ArrayList<>();
        String phase = "";
        boolean found = rule.find();
        phase = group(plain.substring(0, found ? rule.start() : plain.length()), phase);
        while (found) {
            int start = rule.end() - rule.group().stripLeading().length();
            String name = rule.group(1) != null ? rule.group(1) : rule.group(2) != null ? rule.group(2) : rule.group(3);
            found = rule.find(); // a rule ends at the next one at the latest, even when its `end` is missing
            int next = found ? rule.start() : plain.length();
            int end = start + endOf(DrlText.withoutCommentsAndQuotes(text.substring(start, next)));
            rules.add(rule(file, phase, name, linesBefore(plain, start) + 1, text.substring(start, end)));
            phase = group(plain.substring(end, next), phase);
        }
        return rules;
    }

    private static int endOf(String text) {
        int then = first(THEN, text, 0);
        Matcher end = END.matcher(text);
        return end.find(then) ? end.end() : text.length();
    }

    private static RuleSource rule(String file, String phase, String name, int line, String text) {
        String plain = DrlText.withoutComments(text);
        String head = plain.substring(0, first(WHEN, plain, plain.length()));
        String id = "";
        String owner = "";
        String why = "";
        Matcher annotation = ANNOTATION.matcher(head);
        while (annotation.find()) {
            String value = annotation.group(2).replaceAll("\\\\(.)", "$1");
            switch (annotation.group(1)) {
                case "id" -> id = value;
                case "owner" -> owner = value;
                default -> why = value;
            }
        }
        return new RuleSource(
                id, name, owner, why, group(head, phase), file, line, text.stripTrailing() + "\n", parametersOf(plain));
    }

    /** The parameters that conditions name, each once, in order of their names. */
    static List<String> parametersOf(String conditions) {
        TreeSet<String> parameters = new TreeSet<>();
        Matcher parameter = PARAMETER.matcher(conditions);
        while (parameter.find()) {
            parameters.add(parameter.group(1));
        }
        return List.copyOf(parameters);
    }

    /** The agenda group that a text sets last, or the one that held before. */
    private static String group(String text, String before) {
        String group = before;
        Matcher matcher = GROUP.matcher(text);
        while (matcher.find()) {
            group = matcher.group(1);
        }
        return group;
    }

    private static int first(Pattern pattern, String text, int otherwise) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.start() : otherwise;
    }

    private static int linesBefore(String text, int at) {
        return (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    }
}
