package io.regrade.policytest;

import io.regrade.policy.structure.Condition;
import io.regrade.policy.structure.Expr;
import io.regrade.policy.structure.Place;
import io.regrade.policy.structure.RuleStructure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The conditions of a rule one by one, each with the edits that make the rule ask for its opposite. */
final class Conditions {

    /**
     * One condition.
     *
     * @param text how it reads
     * @param place where it stands
     * @param opposite the edits that turn it round; empty for one that cannot be, or that stands in a table
     */
    record One(String text, Place place, List<TextEdit> opposite) {}

    private Conditions() {}

    /**
     * The conditions of a rule: each constraint of each fact that it looks for, and each {@code not} and {@code exists}
     * as a whole. That a parameter is asked for by its name is none.
     *
     * @param file the text of the rule's file
     */
    static List<One> of(RuleStructure rule, String file) {
        List<One> conditions = new ArrayList<>();
        for (Condition condition : rule.conditions()) {
            if (condition instanceof Condition.Pattern pattern) {
                pattern.constraints().stream()
                        .filter(one -> !Operators.namesAParameter(pattern, one))
                        .forEach(one -> add(conditions, pattern.fact() + "(" + one.text() + ")", one));
            } else if (condition instanceof Condition.Test test) {
                add(conditions, test.expression().text(), test.expression());
            } else if (condition instanceof Condition.Group group) {
                turned(group, file)
                        .ifPresent(edit -> conditions.add(new One(text(group), group.place(), List.of(edit))));
            }
        }
        return conditions;
    }

    private static void add(List<One> conditions, String text, Expr expression) {
        Place place = expression.place();
        conditions.add(new One(text, place, Operators.opposite(expression).orElse(List.of())));
    }

    private static Optional<TextEdit> turned(Condition.Group group, String file) {
        int at = group.place().offset();
        if (group.kind() == Condition.Kind.NOT && file.startsWith("not", at)) {
            return Optional.of(new TextEdit(at, "not".length(), "exists"));
        }
        if (group.kind() == Condition.Kind.EXISTS && file.startsWith("exists", at)) {
            return Optional.of(new TextEdit(at, "exists".length(), "not"));
        }
        return Optional.empty();
    }

    private static String text(Condition.Group group) {
        StringBuilder text = new StringBuilder(group.kind().name().toLowerCase(java.util.Locale.ROOT));
        for (Condition one : group.conditions()) {
            if (one instanceof Condition.Pattern pattern) {
                text.append(' ').append(pattern.fact()).append('(');
                text.append(String.join(
                        ", ", pattern.constraints().stream().map(Expr::text).toList()));
                text.append(')');
            } else {
                text.append(" …");
            }
        }
        return text.toString();
    }
}
