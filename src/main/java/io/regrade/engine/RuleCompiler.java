package io.regrade.engine;

import io.regrade.policy.PolicyBundle;

/** Turns a policy's text into rules that run. */
public interface RuleCompiler {

    /**
     * Compiles all rule files of a policy.
     *
     * @throws io.regrade.policy.PolicyException with every error of the rules, each with file and line
     */
    CompiledRules compile(PolicyBundle policy);
}
