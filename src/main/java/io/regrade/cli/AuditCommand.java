package io.regrade.cli;

import picocli.CommandLine.Command;

/** {@code regrade audit}: what auditors do. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Verifies, copies and keys the tamper-evident log of decisions.",
        synopsisSubcommandLabel = "(verify | export | key | rotate-key)")
final class AuditCommand {}
