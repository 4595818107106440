package io.regrade.policy.check;

import io.regrade.fact.Suggestion;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.structure.Condition;
import io.regrade.policy.structure.Expr;
import io.regrade.policy.structure.RuleStructure;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names and types in the conditions of one rule: facts and fields that are not there, values that cannot be compared.
 * What it cannot tell the type of, it says nothing about. Used once, by one thread.
 */
final class TypeCheck {

    private static final List<String> ARITHMETIC = List.of("-", "*", "/", "%");

    private final Variables variables;
    private final List<Diagnostic> problems;

    private TypeCheck(Variables variables, List<Diagnostic> problems) {
        this.variables = variables;
        this.problems = problems;
    }

    static void check(RuleStructure rule, List<Diagnostic> problems) {
        TypeCheck check = new TypeCheck(Variables.of(rule), problems);
        rule.allConditions().forEach(condition -> {
            if (condition instanceof Condition.Pattern pattern) {
                check.pattern(pattern);
            } else if (condition instanceof Condition.Test test) {
                check.type(test.expression(), null);
            }
        });
    }

    private void pattern(Condition.Pattern pattern) {
        Class<?> fact = variables.typeOf(pattern);
        if (fact == null && pattern.from().isEmpty() && !pattern.fact().contains(".")) {
            problems.add(pattern.place()
                    .error(
                            "unknown-fact",
                            "there is no fact `" + pattern.fact() + "`. Maybe "
                                    + Suggestion.nearest(pattern.fact(), FactTypes.names())));
        }
        pattern.bindings().forEach(binding -> type(binding.value(), fact));
        pattern.constraints().forEach(constraint -> type(constraint, fact));
        pattern.from().forEach(from -> type(from, null));
    }

    /** The type of an expression, null when it cannot be told; what is wrong in it is noted on the way. */
    private @Nullable Class<?> type(Expr expr, @Nullable Class<?> matched) {
        if (expr instanceof Expr.Number) {
            return double.class;
        }
        if (expr instanceof Expr.Text) {
            return String.class;
        }
        if (expr instanceof Expr.Word) {
            return Kind.isNull(expr) ? null : boolean.class;
        }
        if (expr instanceof Expr.Name name) {
            return name(name, matched);
        }
        if (expr instanceof Expr.Member member) {
            return member(member, matched);
        }
        if (expr instanceof Expr.Call call) {
            return call(call, matched);
        }
        if (expr instanceof Expr.Binary binary) {
            return binary(binary, matched);
        }
        if (expr instanceof Expr.Worded worded) {
            worded(worded, matched);
            return boolean.class;
        }
        expr.parts().forEach(part -> type(part, matched));
        return expr instanceof Expr.Unary unary && unary.operator().equals("!") ? boolean.class : null;
    }

    private @Nullable Class<?> name(Expr.Name name, @Nullable Class<?> matched) {
        if (variables.knows(name.name())) {
            return variables.typeOf(name.name());
        }
        if (name.isVariable()) {
            problems.add(name.place()
                    .error(
                            "unknown-variable",
                            "`" + name.name() + "` is not known here. Maybe "
                                    + (variables.names().isEmpty()
                                            ? "bind it in a condition"
                                            : Suggestion.nearest(name.name(), variables.names()))));
            return null;
        }
        if (name.name().equals("this")) {
            return matched;
        }
        return matched == null ? null : ofField(matched, name.name(), name);
    }

    private @Nullable Class<?> ofField(Class<?> type, String field, Expr where) {
        Optional<Method> method = FactTypes.field(type, field);
        if (method.isEmpty() && Kind.of(type) == Kind.FACT) {
            problems.add(where.place()
                    .error(
                            "unknown-field",
                            "`" + type.getSimpleName() + "` has no `" + field + "`. Maybe "
                                    + Suggestion.nearest(field, FactTypes.members(type))));
        }
        return method.<Class<?>>map(Method::getReturnType).orElse(null);
    }

    private @Nullable Class<?> member(Expr.Member member, @Nullable Class<?> matched) {
        Optional<Class<?>> owner = Variables.namedType(member.of());
        if (owner.isPresent() && !isField(member.of(), matched)) {
            return constant(member, owner.get());
        }
        if (isQualified(member)) {
            return null;
        }
        Class<?> of = type(member.of(), matched);
        return of == null ? null : ofField(of, member.name(), member);
    }

    /** Something like {@code java.time.Instant}, of which nothing is known here. */
    private boolean isQualified(Expr expr) {
        Expr first = expr;
        while (first instanceof Expr.Member member) {
            first = member.of();
        }
        return first instanceof Expr.Name name
                && (name.name().equals("java")
                        || name.name().equals("io")
                        || name.name().equals("javax"));
    }

    private static boolean isField(Expr expr, @Nullable Class<?> matched) {
        return matched != null
                && expr instanceof Expr.Name name
                && FactTypes.field(matched, name.name()).isPresent();
    }

    private @Nullable Class<?> constant(Expr.Member member, Class<?> owner) {
        for (Field field : owner.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getName().equals(member.name())) {
                return field.getType();
            }
        }
        if (owner.isEnum()) {
            List<String> constants = Arrays.stream(owner.getEnumConstants())
                    .map(one -> ((Enum<?>) one).name())
                    .toList();
            problems.add(member.place()
                    .error(
                            "unknown-constant",
                            "`" + owner.getSimpleName() + "` has no `" + member.name() + "`. Maybe "
                                    + Suggestion.nearest(member.name(), constants)));
        }
        return null;
    }

    private @Nullable Class<?> call(Expr.Call call, @Nullable Class<?> matched) {
        call.arguments().forEach(argument -> type(argument, matched));
        Class<?> of = matched;
        if (!call.of().isEmpty()) {
            Expr scope = call.of().get(0);
            Optional<Class<?>> owner = Variables.namedType(scope);
            of = owner.isPresent() && !isField(scope, matched)
                    ? owner.get()
                    : isQualified(scope) ? null : type(scope, matched);
        }
        if (of == null) {
            return null;
        }
        List<Method> methods = FactTypes.methods(of, call.name());
        if (methods.isEmpty() && Kind.of(of) == Kind.FACT) {
            problems.add(call.place()
                    .error(
                            "unknown-field",
                            "`" + of.getSimpleName() + "` has no `" + call.name() + "`. Maybe "
                                    + Suggestion.nearest(call.name(), FactTypes.members(of))));
        }
        return methods.size() == 1 ? methods.get(0).getReturnType() : null;
    }

    private @Nullable Class<?> binary(Expr.Binary binary, @Nullable Class<?> matched) {
        int before = problems.size();
        Class<?> left = type(binary.left(), matched);
        Class<?> right = type(binary.right(), matched);
        if (problems.size() > before) {
            return binary.isComparison() ? boolean.class : null;
        }
        if (binary.isComparison()) {
            compare(binary.left(), left, binary.operator(), binary.right(), right);
            return boolean.class;
        }
        if (ARITHMETIC.contains(binary.operator())) {
            calculates(binary.left(), left);
            calculates(binary.right(), right);
            return double.class;
        }
        if (binary.operator().equals("+")) {
            boolean text = left != null && Kind.of(left) == Kind.TEXT || right != null && Kind.of(right) == Kind.TEXT;
            return text ? String.class : left == null || right == null ? null : double.class;
        }
        return boolean.class;
    }

    private void calculates(Expr operand, @Nullable Class<?> type) {
        Kind kind = type == null ? Kind.ANY : Kind.of(type);
        if (kind != Kind.ANY && kind != Kind.NUMBER) {
            problems.add(operand.place()
                    .error(
                            "type-mismatch",
                            "`" + operand.text() + "` is " + kind.words() + ", nothing to calculate with"));
        }
    }

    private void worded(Expr.Worded worded, @Nullable Class<?> matched) {
        Class<?> left = type(worded.left(), matched);
        for (Expr one : worded.right()) {
            Class<?> right = type(one, matched);
            if (worded.operator().equals("in") || worded.operator().equals("not in")) {
                compare(worded.left(), left, "==", one, right);
            }
        }
    }

    private void compare(
            Expr leftSide, @Nullable Class<?> left, String operator, Expr rightSide, @Nullable Class<?> right) {
        if (left == null || right == null || Kind.isNull(leftSide) || Kind.isNull(rightSide)) {
            return;
        }
        Kind one = Kind.of(left);
        Kind other = Kind.of(right);
        boolean ordered = !operator.equals("==") && !operator.equals("!=");
        if (one == Kind.ANY || other == Kind.ANY) {
            return;
        }
        if (one == other && (one != Kind.CONSTANT || left == right)) {
            if (ordered && one != Kind.NUMBER && one != Kind.TEXT) {
                problems.add(leftSide.place()
                        .error(
                                "type-mismatch",
                                "`" + leftSide.text() + "` is " + one.words() + ", which has no order for `" + operator
                                        + "`. Maybe `==`"));
            }
            return;
        }
        Expr wrong = rightSide instanceof Expr.Text || rightSide instanceof Expr.Number || one != Kind.TEXT
                ? rightSide
                : leftSide;
        problems.add(wrong.place()
                .error(
                        "type-mismatch",
                        "`" + leftSide.text() + "` is " + told(one, left) + ", `" + rightSide.text() + "` is "
                                + told(other, right) + hint(left, rightSide, right, leftSide)));
    }

    private static String told(Kind kind, Class<?> type) {
        return kind == Kind.CONSTANT
                ? "a constant of `" + Variables.shown(type) + "`"
                : kind == Kind.FACT ? "of type `" + Variables.shown(type) + "`" : kind.words();
    }

    private static String hint(Class<?> left, Expr rightSide, Class<?> right, Expr leftSide) {
        List<String> hints = new ArrayList<>();
        if (left.isEnum() && rightSide instanceof Expr.Text text) {
            hints.add(constantLike(left, text.value()));
        } else if (right.isEnum() && leftSide instanceof Expr.Text text) {
            hints.add(constantLike(right, text.value()));
        } else if (Kind.of(left) == Kind.NUMBER && rightSide instanceof Expr.Text text && isNumber(text.value())) {
            hints.add("`" + text.value() + "` without quotes");
        }
        return hints.isEmpty() ? "" : ". Maybe " + hints.get(0);
    }

    private static String constantLike(Class<?> type, String typed) {
        List<String> constants = Arrays.stream(type.getEnumConstants())
                .map(one -> Variables.shown(type) + "." + ((Enum<?>) one).name())
                .toList();
        String near = Suggestion.nearest(Variables.shown(type) + "." + typed, constants);
        return near;
    }

    private static boolean isNumber(String text) {
        try {
            return Double.isFinite(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
