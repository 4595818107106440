package io.regrade.pipeline;

import io.regrade.decision.PolicyRef;
import io.regrade.engine.CompiledRules;
import io.regrade.engine.PhaseLimits;
import io.regrade.engine.RuleCompiler;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyReader;
import io.regrade.policy.bundle.Bundle;
import io.regrade.policy.bundle.TrustedKeys;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A policy version that is compiled and ready. Thread-safe; {@link #close()} gives back the memory of its rules. */
public final class ReadyPolicy implements AutoCloseable {

    private final PolicyBundle bundle;
    private final CompiledRules rules;
    private final PolicyRef ref;
    private final Map<String, PhaseLimits> limits;
    private final @Nullable String signed;

    /**
     * A version whose rules are compiled.
     *
     * @param bundle what its authors wrote
     * @param rules the compiled rules, which this closes
     */
    public ReadyPolicy(PolicyBundle bundle, CompiledRules rules) {
        this(bundle, rules, null);
    }

    private ReadyPolicy(PolicyBundle bundle, CompiledRules rules, @Nullable String signed) {
        this.bundle = bundle;
        this.rules = rules;
        this.ref = new PolicyRef(bundle.name(), bundle.digest());
        this.limits = PhaseLimits.of(bundle);
        this.signed = signed;
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
     * Reads and compiles the policy in a directory or a {@code tar.gz}.
     *
     * @param trusted the keys that it must be signed with
     * @throws io.regrade.policy.PolicyException with everything that is wrong with it
     */
    public static ReadyPolicy load(Path path, RuleCompiler compiler, TrustedKeys trusted) {
        Bundle files = PolicyReader.bundle(path, trusted);
        PolicyBundle bundle = PolicyReader.of(files.files());
        return new ReadyPolicy(bundle, compiler.compile(bundle), files.signed());
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

    /** The signed manifest it came with, null when it came with none. */
    public @Nullable String signed() {
        return signed;
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
