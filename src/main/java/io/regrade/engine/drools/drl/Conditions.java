package io.regrade.engine.drools.drl;

import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.drools.drl.ast.descr.AccumulateDescr;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.AnnotatedBaseDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.CollectDescr;
import org.drools.drl.ast.descr.EvalDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.ForallDescr;
import org.drools.drl.ast.descr.FromDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.PatternSourceDescr;

/** Checks the conditions of a rule: kinds that are not known here are refused. */
final class Conditions {

    private static final Set<String> FUNCTIONS = Set.of("sum", "count", "min", "max", "average");
    private static final Set<String> COLLECTIONS =
            Set.of("ArrayList", "List", "Collection", "java.util.ArrayList", "java.util.List", "java.util.Collection");

    private final BiConsumer<BaseDescr, String> problems;

    private Conditions(BiConsumer<BaseDescr, String> problems) {
        this.problems = problems;
    }

    static void check(BaseDescr condition, BiConsumer<BaseDescr, String> problems) {
        new Conditions(problems).one(condition);
    }

    private void one(BaseDescr condition) {
        if (condition instanceof AnnotatedBaseDescr annotated) {
            annotated
                    .getAnnotations()
                    .forEach(one -> problems.accept(condition, "`@" + one.getName() + "` is not for conditions"));
        }
        if (condition instanceof PatternDescr pattern) {
            pattern(pattern);
        } else if (condition instanceof AndDescr and) {
            all(and.getDescrs());
        } else if (condition instanceof OrDescr or) {
            all(or.getDescrs());
        } else if (condition instanceof NotDescr not) {
            single(not, not.getDescrs());
        } else if (condition instanceof ExistsDescr exists) {
            single(exists, exists.getDescrs());
        } else if (condition instanceof ForallDescr forall) {
            single(forall, forall.getDescrs());
        } else if (condition instanceof AccumulateDescr accumulate) {
            accumulate(accumulate);
        } else if (!(condition instanceof EvalDescr)) { // that becomes bytecode as any other condition
            problems.accept(condition, "this kind of condition is not for rules. Maybe one rule for each case");
        }
    }

    /** Groups of conditions are joined in a network of their own, which is not known to be stoppable. */
    private void single(BaseDescr condition, List<? extends BaseDescr> inside) {
        if (inside.size() != 1 || !(inside.get(0) instanceof PatternDescr)) {
            problems.accept(
                    condition, "several conditions are taken together. Maybe one condition, or one rule for each");
        }
        all(inside);
    }

    private void all(List<? extends BaseDescr> conditions) {
        conditions.forEach(this::one);
    }

    private void pattern(PatternDescr pattern) {
        if (pattern.isQuery()) {
            problems.accept(pattern, "a query is asked. Maybe a condition on a fact");
        }
        if (!pattern.getBehaviors().isEmpty()) {
            problems.accept(pattern, "a window over facts is not for rules: all facts are of one moment");
        }
        if (pattern.getObjectType() == null || pattern.getObjectType().startsWith("/")) {
            problems.accept(pattern, "a path is not for rules. Maybe `from`");
        }
        for (BaseDescr constraint : pattern.getDescrs()) {
            boolean path = constraint instanceof ExprConstraintDescr expr
                    && expr.getExpression().strip().matches("(\\$?\\w+\\s*:\\s*)?\\??/.*");
            if (path) {
                problems.accept(pattern, "a path is not for rules. Maybe `from`");
            }
        }
        source(pattern, pattern.getSource());
    }

    private void source(PatternDescr pattern, PatternSourceDescr source) {
        if (source instanceof AccumulateDescr accumulate) {
            accumulate(accumulate);
        } else if (source instanceof CollectDescr collect) {
            if (!COLLECTIONS.contains(pattern.getObjectType())) {
                problems.accept(
                        pattern, "facts are collected into `" + pattern.getObjectType() + "`. Maybe `ArrayList`");
            }
            one(collect.getInputPattern());
        } else if (source != null && !(source instanceof FromDescr)) {
            problems.accept(pattern, "facts come from elsewhere than this machine. Maybe without `from entry-point`");
        }
    }

    private void accumulate(AccumulateDescr accumulate) {
        if (!accumulate.getClass().equals(AccumulateDescr.class) || accumulate.getInitCode() != null) {
            problems.accept(accumulate, "`accumulate` with code of its own is not for rules. Maybe `sum` or `count`");
        } else {
            accumulate.getFunctions().stream()
                    .map(AccumulateDescr.AccumulateFunctionCallDescr::getFunction)
                    .filter(function -> !FUNCTIONS.contains(function))
                    .forEach(function -> problems.accept(
                            accumulate,
                            "`" + function + "` is not for rules. Maybe one of "
                                    + String.join(
                                            ", ", FUNCTIONS.stream().sorted().toList())));
        }
        BaseDescr input = accumulate.getInput();
        if (input instanceof AndDescr and && and.getDescrs().size() == 1) {
            input = and.getDescrs().get(0); // as the parser reads one condition before a semicolon
        }
        if (!(input instanceof PatternDescr pattern)) {
            problems.accept(accumulate, "several conditions are accumulated together. Maybe one condition");
        } else {
            one(pattern);
        }
    }
}
