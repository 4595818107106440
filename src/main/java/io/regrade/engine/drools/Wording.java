package io.regrade.engine.drools;

import io.regrade.fact.Benefit;
import io.regrade.fact.Candidate;
import io.regrade.fact.Choice;
import io.regrade.fact.Demand;
import io.regrade.fact.Dismissal;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Instantiation;
import io.regrade.fact.LifeCycle;
import io.regrade.fact.Limit;
import io.regrade.fact.Need;
import io.regrade.fact.Projection;
import io.regrade.fact.Redundancy;
import io.regrade.fact.Requirement;
import io.regrade.fact.Sla;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Suggestion;
import io.regrade.fact.Target;
import io.regrade.fact.Usage;
import io.regrade.fact.Veto;
import io.regrade.fact.Vm;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the compilers' messages into words of the policy's author: no class that was generated, no stack. */
final class Wording {

    /** What a rule can match or conclude. */
    static final List<Class<?>> FACTS = List.of(
            Vm.class,
            Usage.class,
            SoftwareModule.class,
            Sla.class,
            Redundancy.class,
            Dismissal.class,
            Limit.class,
            EvaluationTime.class,
            LifeCycle.class,
            Requirement.class,
            Demand.class,
            Need.class,
            Target.class,
            Projection.class,
            Veto.class,
            Benefit.class,
            Candidate.class,
            Instantiation.class,
            Choice.class);

    private static final List<String> ACTIONS = List.of("insert", "delete", "update", "modify");
    private static final Map<String, Class<?>> FACTS_BY_NAME = new TreeMap<>();

    static {
        FACTS.forEach(fact -> FACTS_BY_NAME.put(fact.getSimpleName(), fact));
    }

    /**
     * Something that is wrong.
     *
     * @param words the sentence
     * @param token the word that is wrong, to find its line by; empty when there is none
     * @param conclusion whether it is about what follows {@code then}
     */
    record Finding(String words, String token, boolean conclusion) {}

    private record Form(Pattern pattern, Function<MatchResult, Finding> finding) {}

    private static final List<Form> CONDITIONS = List.of(
            form(
                    "\\[ERR \\d+\\] Line \\d+:\\d+ (?:mismatched input|no viable alternative at input) '(.+?)'"
                            + "(?: expecting .*?)?(?: in rule \"(.*)\")?",
                    m -> new Finding(
                            "unexpected `" + m.group(1) + "`"
                                    + (m.group(2) == null ? "" : " in rule `" + m.group(2) + "`")
                                    + ". Maybe something before it is not closed, or missing",
                            "",
                            false)),
            form(
                    "unable to resolve method using strict-mode: ([\\w.$]+)\\.(\\w+)\\(",
                    m -> new Finding(noMember(simple(m.group(1)), m.group(2), m.group(2)), m.group(2), false)),
            form(
                    "Unable to resolve ObjectType '(\\w+)'",
                    m -> new Finding(
                            "there is no fact `" + m.group(1) + "`. Maybe "
                                    + Suggestion.nearest(m.group(1), FACTS_BY_NAME.keySet()),
                            m.group(1),
                            false)));

    private static final List<Form> CONCLUSIONS = List.of(
            form(
                    "The method (\\w+)\\(.*\\) is undefined for the type Rule_\\w+",
                    m -> new Finding(
                            "there is no action `" + m.group(1) + "`. Maybe " + Suggestion.nearest(m.group(1), ACTIONS),
                            m.group(1),
                            true)),
            form(
                    "The method (\\w+)(\\(.*\\)) is undefined for the type (\\w+)",
                    m -> new Finding(noMember(m.group(3), m.group(1), m.group(1) + m.group(2)), m.group(1), true)),
            form(
                    "(\\w+) cannot be resolved or is not a field",
                    m -> new Finding("`" + m.group(1) + "` is no field", m.group(1), true)),
            form(
                    "(\\$\\w*) cannot be resolved",
                    m -> new Finding(
                            "`" + m.group(1) + "` is not known here. Maybe bind it in a condition", m.group(1), true)),
            form(
                    "(\\w+) cannot be resolved",
                    m -> new Finding(
                            "`" + m.group(1) + "` is not known here. Maybe "
                                    + Suggestion.nearest(m.group(1), FACTS_BY_NAME.keySet()),
                            m.group(1),
                            true)),
            form(
                    "The method (\\w+)(\\(.*\\)) in the type (\\w+) is not applicable for the arguments (\\(.*\\))",
                    m -> new Finding(
                            "`" + m.group(3) + "." + m.group(1) + m.group(2) + "` cannot take `" + m.group(4) + "`",
                            m.group(1),
                            true)),
            form("Syntax error, insert \"(.+)\"", m -> new Finding("a `" + m.group(1) + "` is missing", "", true)),
            form(
                    "Syntax error on tokens?\\(?s?\\)? \"(.+?)\"",
                    m -> new Finding("unexpected `" + m.group(1) + "`", "", true)));

    private static final String CONCLUSION = "Rule Compilation error ";
    private static final Pattern ERROR = Pattern.compile("\\[Error: (.*?)\\]", Pattern.DOTALL);
    private static final Pattern PACKAGES =
            Pattern.compile("\\b(?:io\\.regrade\\.\\w+|java\\.lang|java\\.util)\\.(?=[A-Z])");

    private Wording() {}

    /** What one message of a compiler says, once for each thing. */
    static List<Finding> of(String message) {
        List<Finding> findings = new ArrayList<>();
        if (message.startsWith(CONCLUSION)) {
            message.substring(CONCLUSION.length())
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .forEach(line -> findings.add(finding(plain(line), CONCLUSIONS, true)));
            return findings;
        }
        return List.of(finding(message, CONDITIONS, false));
    }

    private static Finding finding(String message, List<Form> forms, boolean conclusion) {
        for (Form form : forms) {
            Matcher matcher = form.pattern.matcher(message);
            if (matcher.find()) {
                return form.finding.apply(matcher.toMatchResult());
            }
        }
        Matcher error = ERROR.matcher(message);
        String told = error.find() ? error.group(1) : message;
        String first = told.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
        return new Finding(first.isEmpty() ? "it does not compile" : plain(first), "", conclusion);
    }

    /** Without packages: they say nothing to who writes rules. */
    static String plain(String text) {
        return PACKAGES.matcher(text).replaceAll("");
    }

    private static String noMember(String type, String name, String written) {
        Class<?> fact = FACTS_BY_NAME.get(type);
        String maybe = fact == null
                ? ""
                : ". Maybe "
                        + Suggestion.nearest(
                                name,
                                Arrays.stream(fact.getMethods())
                                        .filter(method -> method.getDeclaringClass() != Object.class)
                                        .filter(method -> !method.isSynthetic())
                                        .map(Wording::property)
                                        .distinct()
                                        .sorted()
                                        .toList());
        return "`" + type + "` has no `" + written + "`" + maybe;
    }

    /** The name that a condition uses: {@code alone} of {@code isAlone()}. */
    private static String property(Method method) {
        String name = method.getName();
        boolean question = name.startsWith("is") && name.length() > 2 && Character.isUpperCase(name.charAt(2));
        return question ? Character.toLowerCase(name.charAt(2)) + name.substring(3) : name;
    }

    private static String simple(String type) {
        return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
    }

    private static Form form(String pattern, Function<MatchResult, Finding> finding) {
        return new Form(Pattern.compile(pattern), finding);
    }
}
