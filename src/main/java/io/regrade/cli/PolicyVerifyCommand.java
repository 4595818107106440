package io.regrade.cli;

import io.regrade.policy.bundle.Bundle;
import io.regrade.policy.bundle.BundleException;
import io.regrade.policy.bundle.BundleSource;
import io.regrade.policy.bundle.TrustedKeys;
import io.regrade.tlog.MalformedException;
import io.regrade.tlog.VerifierKey;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code regrade policy verify}: says whether a policy is signed with a key. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Says whether a policy is signed with a key, as a server with that key in `trusted_keys` would.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PolicyVerifyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--policy", paramLabel = "DIR", required = true, description = "The policy's directory or archive.")
    private Path policy;

    @Option(
            names = "--key",
            paramLabel = "VKEY",
            required = true,
            description = "A public key that is trusted; several may be given, one signature is enough.")
    private List<String> keys;

    @Override
    public Integer call() {
        TrustedKeys trusted = trusted();
        Bundle bundle = BundleSource.read(policy);
        PrintWriter print = spec.commandLine().getOut();
        try {
            trusted.admit(bundle, policy.toString());
            print.println("signed: " + bundle.digest());
            print.flush();
            return ExitCode.DONE;
        } catch (BundleException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(e.getMessage());
            err.flush();
            return ExitCode.NO;
        }
    }

    private TrustedKeys trusted() {
        try {
            return new TrustedKeys(keys.stream().map(VerifierKey::parse).toList());
        } catch (MalformedException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}
