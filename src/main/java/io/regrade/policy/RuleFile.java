package io.regrade.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the heads of the rules in one {@code .drl} file: names, annotations, places and the parameters they use. */
final class RuleFile {

    private static final Pattern RULE = Pattern.compile("^\\s*rule\\s+(?:\"([^\"]*)\"|(\\S+))");
    private static final Pattern END = Pattern.compile("^\\s*end\\s*$");
    private static final Pattern ANNOTATION = Pattern.compile("@(id|owner|why)\\(\\s*\"([^\"]*)\"\\s*\\)");
    private static final Pattern GROUP = Pattern.compile("^\\s*agenda-group\\s+\"([^\"]+)\"");
    private static final Pattern PARAMETER = Pattern.compile("Limit\\s*\\(\\s*name\\s*==\\s*\"([^\"]+)\"");

    private static final Pattern ARITHMETIC_BINDING =
            Pattern.compile("(\\$\\w+)\\s*:\\s*(?![A-Z])([\\w.()$]+\\s*[-+*/%][^,;]*)");
    private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");

    private RuleFile() {}

    /** A binding with arithmetic would silently get its first operand only: Drools drops the rest. */
    static void arithmeticBindings(RuleSource rule, List<Diagnostic> problems) {
        int number = rule.line() - 1;
        boolean condition = false;
        for (String line : rule.text().lines().toList()) {
            number++;
            String word = line.strip();
            condition = condition ? !word.equals("then") : word.equals("when");
            Matcher binding = ARITHMETIC_BINDING.matcher(STRING.matcher(line).replaceAll("\"\""));
            if (condition && binding.find()) {
                problems.add(Diagnostic.error(
                        "arithmetic-binding",
                        rule.file(),
                        number,
                        "`" + binding.group(1) + "` would be bound to the first operand of `"
                                + binding.group(2).strip() + "` only. Maybe bind the fact and calculate where it is"
                                + " concluded, such as with `Requirement.withHeadroom`"));
            }
        }
    }

    static List<RuleSource> rulesOf(String file, String text) {
        List<RuleSource> rules = new ArrayList<>();
        String phase = "";
        String name = null;
        int start = 0;
        StringBuilder body = new StringBuilder();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            Matcher rule = RULE.matcher(line);
            Matcher group = GROUP.matcher(line);
            if (name == null && group.find()) {
                phase = group.group(1);
            } else if (name == null && rule.find()) {
                name = rule.group(1) != null ? rule.group(1) : rule.group(2);
                start = number;
                body.setLength(0);
            }
            if (name != null) {
                body.append(line).append('\n');
                if (END.matcher(line).find()) {
                    rules.add(rule(file, phase, name, start, body.toString()));
                    name = null;
                }
            }
        }
        return rules;
    }

    /** The line (from 1) of a parameter's use in a rule's text, counted in the file. */
    static int lineOf(RuleSource rule, String parameter) {
        int number = rule.line();
        for (String line : rule.text().lines().toList()) {
            Matcher matcher = PARAMETER.matcher(line);
            while (matcher.find()) {
                if (matcher.group(1).equals(parameter)) {
                    return number;
                }
            }
            number++;
        }
        return rule.line();
    }

    private static RuleSource rule(String file, String phase, String name, int line, String text) {
        String id = "";
        String owner = "";
        String why = "";
        Matcher annotation = ANNOTATION.matcher(text);
        while (annotation.find()) {
            switch (annotation.group(1)) {
                case "id" -> id = annotation.group(2);
                case "owner" -> owner = annotation.group(2);
                default -> why = annotation.group(2);
            }
        }
        return new RuleSource(id, name, owner, why, phase, file, line, text, parametersOf(text));
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
}
