package io.regrade.pipeline;

import io.regrade.engine.RuleCompiler;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.PolicyException;
import java.nio.file.Path;
import java.util.List;

/** Says what is wrong with a policy. */
public final class CheckPolicy {

    private CheckPolicy() {}

    /** Everything that is wrong with the policy in a directory, ordered by place; empty when it can be used. */
    public static List<Diagnostic> check(Path directory, RuleCompiler compiler) {
        try (ReadyPolicy ready = ReadyPolicy.load(directory, compiler)) {
            return List.of();
        } catch (PolicyException e) {
            return e.diagnostics();
        }
    }
}
