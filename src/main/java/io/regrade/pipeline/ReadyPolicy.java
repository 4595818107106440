package io.regrade.pipeline;

import io.regrade.decision.PolicyRef;
import io.regrade.engine.CompiledRules;
import io.regrade.engine.PhaseLimits;
import io.regrade.engine.RuleCompiler;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyReader;
import java.nio.file.Path;
import java.util.Map;

/** A policy version that is compiled and ready. Thread-safe; {@link #close()} gives back the memory of its rules. */
public final class ReadyPolicy implements AutoCloseable {

    private final PolicyBundle bundle;
    private final CompiledRules rules;
    private final PolicyRef ref;
    private final Map<String, PhaseLimits> limits;

    /**
     * A version whose rules are compiled.
     *
     * @param bundle what its authors wrote
     * @param rules the compiled rules, which this closes
     */
    public ReadyPolicy(PolicyBundle bundle, CompiledRules rules) {
        this.bundle = bundle;
        this.rules = rules;
        this.ref = new PolicyRef(bundle.name(), bundle.digest());
        this.limits = PhaseLimits.of(bundle);
    }

    /**
     * Reads and compiles the policy in a directory.
     *
     * @throws io.regrade.policy.PolicyException with everything that is wrong with it
     */
    public static ReadyPolicy load(Path directory, RuleCompiler compiler) {
        return of(PolicyReader.read(directory), compiler);
    }

    /**
     * Compiles a policy.
     *
     * @throws io.regrade.policy.PolicyException with everything that is wrong with it
     */
    public static ReadyPolicy of(PolicyBundle bundle, RuleCompiler compiler) {
        return new ReadyPolicy(bundle, compiler.compile(bundle));
    }

    /** What its authors wrote. */
    public PolicyBundle bundle() {
        return bundle;
    }

    /** The compiled rules. */
    public CompiledRules rules() {
        return rules;
    }

    /** Its name and digest. */
    public PolicyRef ref() {
        return ref;
    }

    /** Its limits by environment, made ready once for all evaluations. */
    Map<String, PhaseLimits> limits() {
        return limits;
    }

    @Override
    public void close() {
        rules.close();
    }
}
