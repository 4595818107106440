package io.regrade.policy.analysis;

import io.regrade.policy.check.FactTypes;
import io.regrade.policy.structure.Condition;
import io.regrade.policy.structure.Expr;
import io.regrade.policy.structure.RuleStructure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What one rule needs, in names that it shares with other rules: the usage of one resource is the same fact wherever it is
 * matched, and so is a parameter. Read once, then immutable.
 */
final class RuleFacts {

    /** Of these there is one at most for a machine. */
    static final Set<String> SINGLE = Set.of("Vm", "EvaluationTime", "Sla", "Instantiation");
    /** Of these there is one at most for each resource. */
    static final Set<String> BY_RESOURCE = Set.of("Usage", "Demand", "Redundancy");

    private final RuleStructure rule;
    private final ToDoubleFunction<String> parameter;
    private final String resource;
    private final Map<String, Term> terms = new HashMap<>();
    private final Map<String, String> keys = new HashMap<>();
    private final List<Atom> atoms = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private final List<String> patterns = new ArrayList<>();
    private boolean complete = true;

    private RuleFacts(RuleStructure rule, ToDoubleFunction<String> parameter, String resource) {
        this.rule = rule;
        this.parameter = parameter;
        this.resource = resource;
    }

    /**
     * Reads a rule.
     *
     * @param parameter the value of each parameter, NaN where it may be any within its bounds
     * @param resource what a fact by resource is about where the rule leaves that open, such as {@code Resource.CPU}
     */
    static RuleFacts of(RuleStructure rule, ToDoubleFunction<String> parameter, String resource) {
        RuleFacts facts = new RuleFacts(rule, parameter, resource);
        int number = 0;
        for (Condition condition : rule.conditions()) {
            facts.read(condition, ++number, true);
        }
        return facts;
    }

    /** The comparisons that all must hold. */
    List<Atom> atoms() {
        return atoms;
    }

    /** The facts that must be there, by the names that are shared; those that are not shared by their types. */
    List<String> patterns() {
        return patterns;
    }

    /** What else must hold, as texts. */
    List<String> others() {
        return others;
    }

    /** Whether the comparisons say all that the rule needs of amounts: no alternatives, calls or other conditions. */
    boolean isComplete() {
        return complete;
    }

    /** The name of the fact that a variable stands for, empty for none. */
    String key(String variable) {
        return keys.getOrDefault(variable, "");
    }

    /** An expression in the names that rules share. */
    String text(Expr expr) {
        return term(expr, "").text();
    }

    private void read(Condition condition, int number, boolean asserted) {
        if (condition instanceof Condition.Pattern pattern && asserted) {
            pattern(pattern, number);
        } else if (condition instanceof Condition.Group group && group.kind() == Condition.Kind.AND && asserted) {
            int part = 0;
            for (Condition one : group.conditions()) {
                read(one, number * 100 + ++part, true);
            }
        } else {
            complete = false;
            others.add(text(condition));
        }
    }

    private void pattern(Condition.Pattern pattern, int number) {
        String key = key(pattern, number);
        keys.put(pattern.variable(), key);
        patterns.add(key);
        terms.put(pattern.variable(), new Term(key, false, Linear.of(key), true));
        if (!pattern.from().isEmpty()) {
            complete = false;
            others.add(pattern.fact() + " from " + text(pattern.from().get(0)));
        }
        pattern.bindings().forEach(binding -> terms.put(binding.variable(), term(binding.value(), key)));
        pattern.constraints().forEach(constraint -> constraint(constraint, key));
    }

    private String key(Condition.Pattern pattern, int number) {
        if (SINGLE.contains(pattern.fact())) {
            return pattern.fact();
        }
        String named = equal(pattern, pattern.fact().equals(RuleStructure.PARAMETER_FACT) ? "name" : "resource");
        boolean keyed = BY_RESOURCE.contains(pattern.fact()) || pattern.fact().equals(RuleStructure.PARAMETER_FACT);
        if (keyed && named.startsWith("$")) {
            Term bound = terms.get(named);
            named = bound == null ? "" : bound.text();
        }
        if (keyed && named.isEmpty() && BY_RESOURCE.contains(pattern.fact())) {
            named = resource;
        }
        return pattern.from().isEmpty() && keyed && !named.isEmpty()
                ? pattern.fact() + "[" + named + "]"
                : pattern.fact() + " " + number + " of " + rule.id();
    }

    private static String equal(Condition.Pattern pattern, String field) {
        return pattern.constraints().stream()
                .filter(Expr.Binary.class::isInstance)
                .map(Expr.Binary.class::cast)
                .filter(one -> one.operator().equals("==") && one.left().text().equals(field))
                .map(one -> one.right() instanceof Expr.Text text
                        ? text.value()
                        : one.right().text())
                .findFirst()
                .orElse("");
    }

    private void constraint(Expr constraint, String key) {
        if (constraint instanceof Expr.Binary binary && binary.operator().equals("&&")) {
            constraint(binary.left(), key);
            constraint(binary.right(), key);
        } else if (constraint instanceof Expr.Binary binary && binary.isComparison()) {
            Atom atom = new Atom(binary, term(binary.left(), key), binary.operator(), term(binary.right(), key));
            atoms.add(atom);
            complete &= atom.left().isExact() && atom.right().isExact()
                    || atom.left().text().endsWith(".spareShare")
                            && atom.right().linear().isConstant();
        } else {
            complete = false;
            others.add(term(constraint, key).text());
        }
    }

    private Term term(Expr expr, String key) {
        if (expr instanceof Expr.Number number) {
            return new Term(number.text(), false, Linear.of(number.value()), true);
        }
        if (expr instanceof Expr.Text || expr instanceof Expr.Word || isConstant(expr)) {
            return new Term(expr.text(), true, Linear.of(0), true);
        }
        if (expr instanceof Expr.Name name) {
            Term bound = terms.get(name.name());
            return bound != null ? bound : field(key, name.name());
        }
        if (expr instanceof Expr.Member member) {
            return field(term(member.of(), key).text(), member.name());
        }
        if (expr instanceof Expr.Call call
                && call.arguments().isEmpty()
                && !call.of().isEmpty()) {
            return field(term(call.of().get(0), key).text(), call.name());
        }
        return expr instanceof Expr.Binary binary ? calculated(binary, key) : opaque(shown(expr, key));
    }

    private Term field(String of, String name) {
        String text = of + "." + name;
        if (of.startsWith(RuleStructure.PARAMETER_FACT + "[") && name.equals("value")) {
            double value = parameter.applyAsDouble(of.substring(of.indexOf('[') + 1, of.length() - 1));
            return new Term(text, false, Double.isNaN(value) ? Linear.of(text) : Linear.of(value), true);
        }
        return new Term(text, false, Linear.of(FactLaws.sameAs(text)), !FactLaws.isDerived(text));
    }

    private Term calculated(Expr.Binary binary, String key) {
        Term left = term(binary.left(), key);
        Term right = term(binary.right(), key);
        String text = "(" + left.text() + " " + binary.operator() + " " + right.text() + ")";
        boolean exact = left.isExact() && right.isExact();
        Linear one = left.linear();
        Linear other = right.linear();
        if (left.isSymbol() || right.isSymbol()) {
            return opaque(text);
        }
        return switch (binary.operator()) {
            case "+" -> new Term(text, false, one.plus(other, 1), exact);
            case "-" -> new Term(text, false, one.plus(other, -1), exact);
            case "*" ->
                one.isConstant()
                        ? new Term(text, false, other.times(one.constant()), exact)
                        : other.isConstant() ? new Term(text, false, one.times(other.constant()), exact) : opaque(text);
            case "/" ->
                other.isConstant() && other.constant() != 0
                        ? new Term(text, false, one.times(1 / other.constant()), exact)
                        : opaque(text);
            default -> opaque(text);
        };
    }

    private static Term opaque(String text) {
        return new Term(text, false, Linear.of(text), false);
    }

    /** Any expression with its names replaced by those that rules share. */
    private String shown(Expr expr, String key) {
        if (expr instanceof Expr.Call call) {
            String of = call.of().isEmpty()
                    ? key.isEmpty() ? "" : key + "."
                    : shown(call.of().get(0), key) + ".";
            return of
                    + call.name()
                    + call.arguments().stream().map(one -> shown(one, key)).toList();
        }
        if (expr instanceof Expr.Name name && !terms.containsKey(name.name())) {
            return Character.isUpperCase(name.name().charAt(0)) || key.isEmpty()
                    ? name.name()
                    : key + "." + name.name();
        }
        if (expr instanceof Expr.Name || expr instanceof Expr.Member || expr instanceof Expr.Binary) {
            return term(expr, key).text();
        }
        return expr.getClass().getSimpleName()
                + (expr.parts().isEmpty()
                        ? expr.text()
                        : expr.parts().stream()
                                .map(one -> shown(one, key))
                                .toList()
                                .toString());
    }

    private static boolean isConstant(Expr expr) {
        return expr instanceof Expr.Member member
                && member.of()
                        .all()
                        .allMatch(part -> part instanceof Expr.Member
                                || part instanceof Expr.Name name
                                        && FactTypes.type(name.name()).isPresent());
    }

    private String text(Condition condition) {
        if (condition instanceof Condition.Pattern pattern) {
            String key = pattern.fact();
            return key
                    + pattern.constraints().stream().map(one -> shown(one, key)).toList()
                    + pattern.from().stream().map(one -> shown(one, key)).toList();
        }
        if (condition instanceof Condition.Group group) {
            return group.kind()
                    + group.conditions().stream().map(this::text).toList().toString();
        }
        return condition instanceof Condition.Test test
                ? "eval " + shown(test.expression(), "")
                : "gathered " + condition.place();
    }
}
