package io.regrade.cli;

import picocli.CommandLine.Command;

/** {@code regrade policy}: what policy authors do. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        description = "Checks and tests a policy.",
        synopsisSubcommandLabel = "(check | test | impact | import)")
final class PolicyCommand {}
