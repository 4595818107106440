package io.regrade.cli;

import io.regrade.policy.bundle.Bundle;
import io.regrade.policy.bundle.BundleSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code regrade policy bundle}: packs a policy into an archive. */
@Command(
        name = "bundle",
        mixinStandardHelpOptions = true,
        description = {
            "Packs a policy into a tar.gz, and prints its digest.",
            "Equal files give equal bytes, everywhere and at any time. Nothing is checked: `policy check` does."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PolicyBundleCommand implements Callable<Integer> {

    private final Services services;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--policy",
            paramLabel = "DIR",
            description = "The policy's directory or archive; rules/standard without.")
    private @Nullable Path policy;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the archive goes; only the digest without.")
    private @Nullable Path out;

    PolicyBundleCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Bundle bundle = BundleSource.read(policy == null ? services.standardPolicy() : policy);
        if (out != null) {
            BundleFile.write(out, bundle);
        }
        PrintWriter print = spec.commandLine().getOut();
        print.println(bundle.digest());
        print.flush();
        return ExitCode.DONE;
    }
}
