package io.regrade.engine.drools;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.drools.base.common.NetworkNode;
import org.drools.core.common.BetaConstraints;
import org.drools.core.reteoo.BetaNode;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.kie.api.KieBase;
import org.kie.api.definition.rule.Rule;

/**
 * Makes joins stoppable. Drools pairs facts without running any code of a policy where there is no condition between
 * them, or one that an index answers; but it asks the constraints of the join about each pair, so they are wrapped.
 */
final class BudgetedJoins {

    private static final Field CONSTRAINTS = field();

    private BudgetedJoins() {}

    private static Field field() {
        try {
            Field field = BetaNode.class.getDeclaredField("constraints");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("this version of Drools joins otherwise, and could not be stopped", e);
        }
    }

    /** Wraps the constraints of every join; before the first session is made. */
    static void in(KieBase base) {
        Set<NetworkNode> seen = new HashSet<>();
        for (NetworkNode node : ((InternalKnowledgeBase) base).getRete().getObjectTypeNodes()) {
            wrap(node, seen);
        }
    }

    private static List<String> rules(NetworkNode node) {
        return Arrays.stream(node.getAssociatedRules()).map(Rule::getName).toList();
    }

    private static void wrap(NetworkNode node, Set<NetworkNode> seen) {
        if (!seen.add(node)) {
            return;
        }
        if (node instanceof BetaNode join) {
            try {
                BetaConstraints<?> plain = join.getRawConstraints();
                if (!(plain instanceof BudgetedConstraints)) {
                    CONSTRAINTS.set(join, new BudgetedConstraints<>(plain, rules(join)));
                }
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("joins cannot be stopped", e);
            }
        }
        NetworkNode[] sinks = node.getSinks(); // none at the end of a rule
        if (sinks != null) {
            for (NetworkNode sink : sinks) {
                wrap(sink, seen);
            }
        }
    }
}
