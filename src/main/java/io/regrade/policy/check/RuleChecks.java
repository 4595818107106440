package io.regrade.policy.check;

import io.regrade.policy.DecisionTable;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.Parameter;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.structure.PolicyStructure;
import io.regrade.policy.structure.RuleStructure;
import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with single rules and can be seen without compiling them. */
public final class RuleChecks {

    private RuleChecks() {}

    /** The findings, syntax errors too, ordered by place. Rules that could not be read whole are judged by their heads. */
    public static List<Diagnostic> of(PolicyBundle policy, PolicyStructure structure) {
        List<Diagnostic> problems = new ArrayList<>(structure.problems());
        List<String> parameters =
                policy.parameters().stream().map(Parameter::name).toList();
        RuleHeads.check(structure.rules(), policy.files(), problems);
        for (RuleStructure rule : structure.rules()) {
            if (rule.isWhole()) {
                TypeCheck.check(rule, problems);
                RuleUses.check(rule, parameters, problems);
                UnknownAmounts.check(rule, problems);
            }
        }
        return problems.stream()
                .map(found -> DecisionTable.named(found, policy.files()))
                .distinct()
                .sorted()
                .toList();
    }
}
