package io.regrade.policytest;

import io.regrade.policy.structure.Condition;
import io.regrade.policy.structure.Expr;
import io.regrade.policy.structure.RuleStructure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The comparisons of rules, what they are changed into, and how a condition is turned into its opposite. */
final class Operators {

    private Operators() {}

    /** Every comparison in the conditions of a rule that stands in its file as it is read. */
    static List<Expr.Binary> comparisons(RuleStructure rule) {
        return rule.allConditions()
                .flatMap(Operators::expressions)
                .flatMap(Expr::all)
                .filter(Expr.Binary.class::isInstance)
                .map(Expr.Binary.class::cast)
                .filter(one -> one.isComparison() && one.at().offset() >= 0)
                .toList();
    }

    private static Stream<Expr> expressions(Condition condition) {
        if (condition instanceof Condition.Pattern pattern) {
            return pattern.constraints().stream().filter(one -> !namesAParameter(pattern, one));
        }
        return condition instanceof Condition.Test test ? Stream.of(test.expression()) : Stream.of();
    }

    /** Whether it only says which parameter is asked for, which is no condition of the machine. */
    static boolean namesAParameter(Condition.Pattern pattern, Expr constraint) {
        return pattern.fact().equals(RuleStructure.PARAMETER_FACT)
                && constraint instanceof Expr.Binary compared
                && compared.left().text().equals("name");
    }

    /** What a comparison is changed into: to take in or leave out the boundary, and to turn round. */
    static List<String> others(String operator) {
        return switch (operator) {
            case "<" -> List.of("<=", ">");
            case "<=" -> List.of("<", ">=");
            case ">" -> List.of(">=", "<");
            case ">=" -> List.of(">", "<=");
            case "==" -> List.of("!=");
            case "!=" -> List.of("==");
            default -> List.of();
        };
    }

    private static String opposite(String operator) {
        return switch (operator) {
            case "<" -> ">=";
            case "<=" -> ">";
            case ">" -> "<=";
            case ">=" -> "<";
            case "==" -> "!=";
            case "!=" -> "==";
            case "&&" -> "||";
            default -> "&&";
        };
    }

    /**
     * The edits that turn an expression into its opposite; nothing when it cannot be told how. A comparison with an
     * unknown value is false, and so is its opposite: what is unknown is no near miss.
     */
    static Optional<List<TextEdit>> opposite(Expr expression) {
        if (expression instanceof Expr.Binary binary && binary.at().offset() >= 0) {
            TextEdit edit = new TextEdit(binary.at().offset(), binary.operator().length(), opposite(binary.operator()));
            if (binary.isComparison()) {
                return Optional.of(List.of(edit));
            }
            return binary.operator().equals("||") || binary.operator().equals("&&")
                    ? bothOpposite(binary, edit)
                    : Optional.empty();
        }
        if (expression instanceof Expr.Call || expression instanceof Expr.Name || expression instanceof Expr.Member) {
            int first = expression
                    .all()
                    .filter(one -> !(one instanceof Expr.Call call) || call.of().isEmpty())
                    .mapToInt(one -> one.place().offset())
                    .min()
                    .orElse(-1);
            return first < 0 ? Optional.empty() : Optional.of(List.of(new TextEdit(first, 0, "!")));
        }
        return Optional.empty();
    }

    private static Optional<List<TextEdit>> bothOpposite(Expr.Binary binary, TextEdit edit) {
        boolean mixed = Stream.of(binary.left(), binary.right())
                .anyMatch(part -> part instanceof Expr.Binary inner
                        && !inner.isComparison()
                        && !inner.operator().equals(binary.operator()));
        Optional<List<TextEdit>> left = opposite(binary.left());
        Optional<List<TextEdit>> right = opposite(binary.right());
        return mixed || left.isEmpty() || right.isEmpty()
                ? Optional.empty()
                : Optional.of(Stream.of(left.get(), List.of(edit), right.get())
                        .flatMap(List::stream)
                        .toList());
    }
}
