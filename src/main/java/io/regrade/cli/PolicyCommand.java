package io.regrade.cli;

import picocli.CommandLine.Command;

/** {@code regrade policy}: what policy authors do. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        description = "Checks, tests, measures, compares, packs and signs a policy.",
        synopsisSubcommandLabel = "(check | test | impact | import | diff | bundle | sign | verify | keygen)")
final class PolicyCommand {}
