package io.regrade.engine.drools.drl;

import io.regrade.policy.structure.Condition;
import io.regrade.policy.structure.Expr;
import io.regrade.policy.structure.RuleStructure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.drools.drl.ast.descr.AccumulateDescr;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.AnnotationDescr;
import org.drools.drl.ast.descr.AttributeDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.CollectDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.EvalDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.ForallDescr;
import org.drools.drl.ast.descr.FromDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.PatternSourceDescr;
import org.drools.drl.ast.descr.RuleDescr;

/** Turns one rule, as Drools' parser describes it, into plain data. */
final class RuleReader {

    private static final String GROUP = "agenda-group";

    private final DrlSource source;
    private final RuleDescr rule;

    private RuleReader(DrlSource source, RuleDescr rule) {
        this.source = source;
        this.rule = rule;
    }

    static RuleStructure read(DrlSource source, RuleDescr rule, boolean whole) {
        return new RuleReader(source, rule).read(whole);
    }

    private RuleStructure read(boolean whole) {
        int start = source.offset(rule.getLine(), rule.getColumn());
        Map<String, String> attributes = new HashMap<>();
        for (Map.Entry<String, AttributeDescr> attribute : rule.getAttributes().entrySet()) {
            attributes.put(
                    attribute.getKey(), String.valueOf(attribute.getValue().getValue()));
        }
        String phase = attributes.getOrDefault(GROUP, attributes.getOrDefault("ruleflow-group", ""));
        attributes.remove(GROUP);
        attributes.remove("ruleflow-group");
        List<Condition> conditions = new ArrayList<>();
        if (rule.getLhs() != null && whole) {
            rule.getLhs().getDescrs().forEach(descr -> conditions.add(condition((BaseDescr) descr)));
        }
        String consequence = rule.getConsequence() instanceof String text ? text : "";
        int then = consequenceStart(consequence);
        return new RuleStructure(
                rule.getName(),
                annotation("id"),
                annotation("owner"),
                annotation("why"),
                phase,
                attributes,
                conditions,
                ExpressionReader.conclusion(source, consequence, then),
                consequence,
                source.place(then, consequence.length()),
                whole,
                source.place(start, 4));
    }

    private int consequenceStart(String consequence) {
        int then = source.offset(rule.getConsequenceLine(), 0);
        int from = source.text().indexOf("then", then);
        int at = consequence.isBlank() ? -1 : source.text().indexOf(consequence, Math.max(0, from + 4));
        return at < 0 ? Math.max(0, from) : at;
    }

    private String annotation(String name) {
        AnnotationDescr annotation = rule.getAnnotation(name);
        if (annotation == null) {
            return "";
        }
        Object value = annotation.getValue();
        String text = String.valueOf(value).strip();
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return (quoted ? text.substring(1, text.length() - 1) : text).replaceAll("\\\\(.)", "$1");
    }

    private Condition condition(BaseDescr descr) {
        int at = source.offset(descr.getLine(), descr.getColumn());
        if (descr instanceof PatternDescr pattern) {
            return pattern(pattern, at);
        }
        if (descr instanceof EvalDescr eval) {
            String text = String.valueOf(eval.getContent());
            int inner = Math.max(at, source.text().indexOf(text, at));
            return new Condition.Test(expression(text, inner), source.place(at, 4));
        }
        Condition.Kind kind = kind(descr);
        if (kind != null) {
            return new Condition.Group(
                    kind, within(((ConditionalElementDescr) descr).getDescrs()), source.place(at, 0));
        }
        return new Condition.Test(
                new Expr.Other(String.valueOf(descr), List.of(), source.place(at, 0)), source.place(at, 0));
    }

    private static Condition.@org.jspecify.annotations.Nullable Kind kind(BaseDescr descr) {
        return descr instanceof AndDescr
                ? Condition.Kind.AND
                : descr instanceof OrDescr
                        ? Condition.Kind.OR
                        : descr instanceof NotDescr
                                ? Condition.Kind.NOT
                                : descr instanceof ExistsDescr
                                        ? Condition.Kind.EXISTS
                                        : descr instanceof ForallDescr ? Condition.Kind.FORALL : null;
    }

    private List<Condition> within(List<?> descrs) {
        return descrs.stream().map(one -> condition((BaseDescr) one)).toList();
    }

    private Condition pattern(PatternDescr pattern, int at) {
        String variable = pattern.getIdentifier() == null ? "" : pattern.getIdentifier();
        String fact = pattern.getObjectType() == null ? "" : pattern.getObjectType();
        int name = Math.max(at, source.text().indexOf(fact, variable.isEmpty() ? at : at + variable.length()));
        List<Expr> constraints = new ArrayList<>();
        List<Condition.Binding> bindings = new ArrayList<>();
        int last = name;
        for (BaseDescr one : ((ConditionalElementDescr) pattern.getConstraint())
                .getDescrs().stream().map(BaseDescr.class::cast).toList()) {
            int start = source.offset(one.getLine(), one.getColumn());
            String text = one instanceof ExprConstraintDescr constraint ? constraint.getExpression() : one.toString();
            last = Math.max(last, start + text.length());
            constraint(text, start, constraints, bindings);
        }
        PatternSourceDescr from = pattern.getSource();
        if (from instanceof AccumulateDescr accumulate && accumulate.getInput() != null) {
            return new Condition.Gathered(variable, List.of(condition(accumulate.getInput())), source.place(at, 0));
        }
        if (from instanceof CollectDescr collect && collect.getInputPattern() != null) {
            return new Condition.Gathered(variable, List.of(condition(collect.getInputPattern())), source.place(at, 0));
        }
        List<Expr> origin = List.of();
        if (from instanceof FromDescr data) {
            String text = String.valueOf(data.getDataSource());
            origin = List.of(expression(text, Math.max(last, source.text().indexOf(text, last))));
        } else if (from != null) {
            origin = List.of(new Expr.Other(String.valueOf(from), List.of(), source.place(name, 0)));
        }
        return new Condition.Pattern(fact, variable, constraints, bindings, origin, source.place(name, fact.length()));
    }

    /** A name for a value, a constraint, or both: {@code $p : p99 > 3} names what is compared. */
    private void constraint(String text, int start, List<Expr> constraints, List<Condition.Binding> bindings) {
        ExpressionReader.Read read = ExpressionReader.constraint(source, text, start)
                .orElseGet(() -> new ExpressionReader.Read(
                        "", start, new Expr.Other(text, List.of(), source.place(start, text.length()))));
        if (read.variable().isEmpty()) {
            constraints.add(read.expr());
            return;
        }
        Expr value = read.expr();
        if (value instanceof Expr.Binary compared && compared.isComparison()) {
            constraints.add(value);
            value = compared.left();
        } else if (value instanceof Expr.Worded worded) {
            constraints.add(value);
            value = worded.left();
        }
        bindings.add(new Condition.Binding(
                read.variable(),
                value,
                source.place(read.variableAt(), read.variable().length())));
    }

    private Expr expression(String text, int start) {
        return ExpressionReader.constraint(source, text, start)
                .map(ExpressionReader.Read::expr)
                .orElseGet(() -> new Expr.Other(text, List.of(), source.place(start, text.length())));
    }
}
