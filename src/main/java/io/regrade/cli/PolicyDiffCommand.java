package io.regrade.cli;

import io.regrade.ledger.Drafts.Contents;
import io.regrade.pipeline.VersionDiff;
import io.regrade.policy.bundle.Bundle;
import io.regrade.policy.bundle.BundleSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code regrade policy diff}: compares two versions of a policy. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = "Compares two versions of a policy: rules by id, parameters, and files as unified diffs."
                + " Ends with 1 when they differ.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PolicyDiffCommand implements Callable<Integer> {

    /** How it is printed. */
    enum DiffFormat {
        text,
        json
    }

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FROM", description = "A directory or an archive.")
    private Path from;

    @Parameters(index = "1", paramLabel = "TO", description = "A directory or an archive.")
    private Path to;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}; text without.")
    private DiffFormat format = DiffFormat.text;

    @Override
    public Integer call() {
        VersionDiff diff = VersionDiff.of(contents(from), contents(to), true);
        PrintWriter print = spec.commandLine().getOut();
        print.print(format == DiffFormat.json ? diff.json().toPrettyString() + "\n" : diff.text());
        print.flush();
        return diff.files().isEmpty() ? ExitCode.DONE : ExitCode.NO;
    }

    private static Contents contents(Path path) {
        Bundle bundle = BundleSource.read(path);
        return new Contents(bundle.digest(), bundle.files(), bundle.signed());
    }
}
