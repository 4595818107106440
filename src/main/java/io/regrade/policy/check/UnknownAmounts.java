package io.regrade.policy.check;

import io.regrade.policy.Diagnostic;
import io.regrade.policy.structure.Condition;
import io.regrade.policy.structure.Expr;
import io.regrade.policy.structure.RuleStructure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons that hold for an unknown amount. Of NaN, {@code <}, {@code >} and {@code ==} are false, but Drools takes it
 * to be above all numbers for {@code >=} and {@code <=}, and {@code !=} is true of it. An amount is known where another
 * comparison of the rule is false without it, or where the rule asks {@code …Known == true}. Used once, by one thread.
 */
final class UnknownAmounts {

    private static final Set<String> UNSAFE = Set.of(">=", "<=", "!=");
    private static final Set<String> SAFE = Set.of("<", ">", "==");

    private final Variables variables;
    private final Map<String, String> aliases = new HashMap<>();
    private final Set<String> known = new HashSet<>();
    private final List<Diagnostic> problems;

    private UnknownAmounts(Variables variables, List<Diagnostic> problems) {
        this.variables = variables;
        this.problems = problems;
    }

    static void check(RuleStructure rule, List<Diagnostic> problems) {
        UnknownAmounts check = new UnknownAmounts(Variables.of(rule), problems);
        List<Condition.Pattern> patterns = rule.patterns().toList();
        for (Condition.Pattern pattern : patterns) {
            pattern.bindings().forEach(binding -> check.alias(pattern, binding));
        }
        for (Condition.Pattern pattern : patterns) {
            pattern.constraints().forEach(constraint -> check.learn(pattern, constraint));
        }
        for (Condition.Pattern pattern : patterns) {
            pattern.constraints().forEach(constraint -> check.judge(pattern, constraint));
        }
    }

    private void alias(Condition.Pattern pattern, Condition.Binding binding) {
        if (binding.value() instanceof Expr.Name || binding.value() instanceof Expr.Member) {
            aliases.put(binding.variable(), path(pattern, binding.value()));
        }
    }

    private void learn(Condition.Pattern pattern, Expr constraint) {
        if (!(constraint instanceof Expr.Binary binary)) {
            if (constraint instanceof Expr.Name name && name.name().endsWith("Known")) {
                known.add(key(pattern));
            }
            return;
        }
        if (binary.operator().equals("&&")) {
            learn(pattern, binary.left());
            learn(pattern, binary.right());
        } else if (SAFE.contains(binary.operator())) {
            binary.all().forEach(part -> known.add(path(pattern, part)));
            if (binary.text().endsWith("Known == true")) {
                known.add(key(pattern));
            }
        }
    }

    private void judge(Condition.Pattern pattern, Expr constraint) {
        if (constraint instanceof Expr.Binary binary && UNSAFE.contains(binary.operator())) {
            Stream.of(binary.left(), binary.right())
                    .flatMap(Expr::all)
                    .filter(part -> isUnknown(pattern, part))
                    .findFirst()
                    .ifPresent(part -> problems.add(part.place()
                            .warning(
                                    "unknown-comparison",
                                    "`" + binary.text() + "` holds when `" + part.text() + "` is unknown. Maybe "
                                            + hint(binary, part, pattern))));
        }
        constraint.parts().forEach(part -> judge(pattern, part));
    }

    private static String hint(Expr.Binary binary, Expr part, Condition.Pattern pattern) {
        String known = Stream.of("saving", "load")
                .filter(word -> part.text().contains(word))
                .map(word -> word + "Known")
                .filter(word -> FactTypes.fact(pattern.fact())
                        .flatMap(type -> FactTypes.field(type, word))
                        .isPresent())
                .findFirst()
                .map(word -> "`" + word + " == true` before it, or ")
                .orElse("");
        return known + "`" + (binary.operator().equals("<=") ? "<" : ">") + "`";
    }

    private boolean isUnknown(Condition.Pattern pattern, Expr part) {
        if (known.contains(path(pattern, part)) || known.contains(key(pattern)) && part instanceof Expr.Name) {
            return false;
        }
        if (part instanceof Expr.Name name) {
            Class<?> matched = variables.typeOf(pattern);
            return !variables.knows(name.name()) && matched != null && FactTypes.mayBeUnknown(matched, name.name());
        }
        if (part instanceof Expr.Member member) {
            return isUnknown(variables.type(member.of(), variables.typeOf(pattern)), member.name());
        }
        if (part instanceof Expr.Call call && !call.of().isEmpty()) {
            return isUnknown(variables.type(call.of().get(0), variables.typeOf(pattern)), call.name());
        }
        return false;
    }

    private static boolean isUnknown(@Nullable Class<?> type, String field) {
        return type != null && FactTypes.mayBeUnknown(type, field);
    }

    /** One name for one amount: a field of the fact that is matched reads like that of the fact's variable. */
    private String path(Condition.Pattern pattern, Expr expr) {
        if (expr instanceof Expr.Name name) {
            return name.isVariable()
                    ? aliases.getOrDefault(name.name(), name.name())
                    : key(pattern) + "." + name.name();
        }
        if (expr instanceof Expr.Member member) {
            return path(pattern, member.of()) + "." + member.name();
        }
        if (expr instanceof Expr.Call call
                && call.arguments().isEmpty()
                && !call.of().isEmpty()) {
            return path(pattern, call.of().get(0)) + "." + call.name();
        }
        return expr.text();
    }

    private static String key(Condition.Pattern pattern) {
        return pattern.variable().isEmpty() ? pattern.place().toString() : pattern.variable();
    }
}
