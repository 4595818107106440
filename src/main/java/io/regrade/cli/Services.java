package io.regrade.cli;

import io.regrade.engine.RuleCompiler;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What commands work with; put together where adapters are known.
 *
 * @param home where Regrade's own {@code rules/} and {@code config/} are
 * @param compiler compiles policies
 * @param server starts servers
 * @param clock gives the time of an evaluation
 */
public record Services(Path home, RuleCompiler compiler, ServerLauncher server, Clock clock) {

    /** The policy that is used when none is named. */
    Path standardPolicy() {
        return home.resolve("rules").resolve("standard");
    }
}
