package io.regrade.cli;

import io.regrade.policy.bundle.Bundle;
import io.regrade.policy.bundle.BundleSource;
import io.regrade.policy.bundle.Manifest;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code regrade policy sign}: signs a policy. */
@Command(
        name = "sign",
        mixinStandardHelpOptions = true,
        description = {
            "Signs a policy with a key that `policy keygen` made, and prints its digest.",
            "The signature goes into `.regrade/manifest` of the directory or the archive; the digest stays the same."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PolicySignCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--policy", paramLabel = "DIR", required = true, description = "The policy's directory or archive.")
    private Path policy;

    @Option(names = "--key", paramLabel = "FILE", required = true, description = "The secret key.")
    private Path key;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "An archive for the signed policy; without, it is signed where it is.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        Bundle signed = Manifest.sign(BundleSource.read(policy), PolicyKeyFile.read(key));
        String manifest = signed.signed();
        if (out == null && Files.isDirectory(policy) && manifest != null) {
            BundleFile.sign(policy, manifest);
        } else {
            BundleFile.write(out == null ? policy : out, signed);
        }
        PrintWriter print = spec.commandLine().getOut();
        print.println(signed.digest());
        print.flush();
        return ExitCode.DONE;
    }
}
