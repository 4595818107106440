package io.regrade.engine.drools;

import java.nio.file.Path;

/** A compiler for policies that tests do not change: each is compiled once for all tests and their processes. */
public final class CompiledOnce {

    private CompiledOnce() {}

    /** The compiler as the program has it, with a cache of compiled policies. */
    public static DroolsCompiler compiler() {
        return new DroolsCompiler(Path.of("target", "compiled-policies"), Path.of("target", "compiled.key"));
    }
}
