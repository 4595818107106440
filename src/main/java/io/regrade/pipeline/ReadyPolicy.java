package io.regrade.pipeline;

import io.regrade.engine.CompiledRules;
import io.regrade.engine.RuleCompiler;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyReader;
import java.nio.file.Path;

/**
 * A policy version that is compiled and ready. Thread-safe; {@link #close()} gives back the memory of its rules.
 *
 * @param bundle what its authors wrote
 * @param rules the compiled rules
 */
public record ReadyPolicy(PolicyBundle bundle, CompiledRules rules) implements AutoCloseable {

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

    @Override
    public void close() {
        rules.close();
    }
}
