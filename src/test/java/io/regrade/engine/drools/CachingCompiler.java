package io.regrade.engine.drools;

import java.nio.file.Path;

/** The compiler as it is when it runs from a jar: with a cache of compiled policies. */
public final class CachingCompiler {

    private CachingCompiler() {}

    /** One that keeps what it compiled in a directory. */
    public static DroolsCompiler in(Path directory) {
        return new DroolsCompiler(new CompiledCache(directory, "classes"));
    }
}
