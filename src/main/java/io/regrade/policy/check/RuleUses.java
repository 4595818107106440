package io.regrade.policy.check;

import io.regrade.fact.Suggestion;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.structure.Condition;
import io.regrade.policy.structure.Expr;
import io.regrade.policy.structure.RuleStructure;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What one rule uses that it must not: parameters that are not declared, calculated bindings, clocks, bare numbers. */
final class RuleUses {

    private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "%");
    private static final Set<String> CLOCK_CALLS = Set.of(
            "System.currentTimeMillis",
            "System.nanoTime",
            "Calendar.getInstance",
            "Clock.systemUTC",
            "Clock.systemDefaultZone",
            "Clock.system",
            "GregorianCalendar.getInstance");
    private static final Set<String> CLOCK_TYPES = Set.of(
            "Instant",
            "LocalDate",
            "LocalDateTime",
            "LocalTime",
            "ZonedDateTime",
            "OffsetDateTime",
            "OffsetTime",
            "Year",
            "YearMonth",
            "MonthDay");
    private static final Set<String> CLOCK_OBJECTS = Set.of("Date", "GregorianCalendar");

    private RuleUses() {}

    static void check(RuleStructure rule, List<String> parameters, List<Diagnostic> problems) {
        for (Expr.Text parameter : rule.parameters()) {
            if (!parameters.contains(parameter.value())) {
                problems.add(parameter
                        .place()
                        .error(
                                "unknown-parameter",
                                "`" + parameter.value() + "` is not a parameter of this policy. Maybe "
                                        + Suggestion.nearest(parameter.value(), parameters)));
            }
        }
        rule.patterns()
                .flatMap(pattern -> pattern.bindings().stream())
                .forEach(binding -> arithmetic(binding, problems));
        expressions(rule).flatMap(Expr::all).forEach(expr -> clock(expr, problems));
        if (!rule.isTableRow()) {
            conditions(rule).forEach(expr -> thresholds(rule.parameterVariables(), expr, problems));
        }
    }

    static Stream<Expr> conditions(RuleStructure rule) {
        return rule.allConditions()
                .flatMap(condition -> condition instanceof Condition.Pattern pattern
                        ? Stream.concat(
                                pattern.constraints().stream(),
                                Stream.concat(
                                        pattern.bindings().stream().map(Condition.Binding::value),
                                        pattern.from().stream()))
                        : condition instanceof Condition.Test test ? Stream.of(test.expression()) : Stream.of());
    }

    private static Stream<Expr> expressions(RuleStructure rule) {
        return Stream.concat(conditions(rule), rule.conclusions().stream().map(RuleStructure.Conclusion::statement));
    }

    private static void arithmetic(Condition.Binding binding, List<Diagnostic> problems) {
        if (binding.value() instanceof Expr.Binary binary && ARITHMETIC.contains(binary.operator())) {
            problems.add(binding.place()
                    .error(
                            "arithmetic-binding",
                            "`" + binding.variable() + "` would be bound to the first operand of `" + binary.text()
                                    + "` only. Maybe bind the fact and calculate where it is"
                                    + " concluded, such as with `Requirement.withHeadroom`"));
        }
    }

    private static void clock(Expr expr, List<Diagnostic> problems) {
        boolean reads = false;
        if (expr instanceof Expr.Call call && !call.of().isEmpty()) {
            String type = call.of().get(0).text();
            String simple = type.substring(type.lastIndexOf('.') + 1);
            reads = CLOCK_CALLS.contains(simple + "." + call.name())
                    || call.name().equals("now") && CLOCK_TYPES.contains(simple);
        } else if (expr instanceof Expr.New made) {
            reads = CLOCK_OBJECTS.contains(made.type()) && made.arguments().isEmpty();
        }
        if (reads) {
            problems.add(expr.place()
                    .error(
                            "wall-clock",
                            "`" + expr.text() + "` reads the clock, so that a replay would come out otherwise."
                                    + " Maybe match `$time : EvaluationTime()` and ask that"));
        }
    }

    /** A number that something is compared with; 0 has no unit, and 1 beside a parameter turns a share around. */
    private static void thresholds(Map<String, String> parameters, Expr expr, List<Diagnostic> problems) {
        if (expr instanceof Expr.Binary binary && (binary.isComparison() || ARITHMETIC.contains(binary.operator()))) {
            threshold(parameters, binary.left(), binary.right(), problems);
            threshold(parameters, binary.right(), binary.left(), problems);
        }
        if (expr instanceof Expr.Worded worded) {
            worded.right().forEach(one -> threshold(parameters, one, worded.left(), problems));
        }
        expr.parts().forEach(part -> thresholds(parameters, part, problems));
    }

    private static void threshold(Map<String, String> parameters, Expr number, Expr beside, List<Diagnostic> problems) {
        if (!(number instanceof Expr.Number literal) || literal.value() == 0) {
            return;
        }
        boolean share = Math.abs(literal.value()) == 1
                && beside instanceof Expr.Name name
                && parameters.containsKey(name.name());
        if (!share) {
            problems.add(
                    number.place()
                            .warning(
                                    "literal-threshold",
                                    "`" + literal.written()
                                            + "` is a threshold that only who edits the rule can change."
                                            + " Maybe declare it in `policy.yaml` and ask for it with `Limit(name == \"…\", $limit : value)`"));
        }
    }
}
