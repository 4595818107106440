package io.regrade.cli;

import io.regrade.tlog.MalformedException;
import io.regrade.tlog.SigningKey;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code regrade policy keygen}: makes a key that policies are signed with. */
@Command(
        name = "keygen",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a key to sign policies with, and prints its public key.",
            "The public key belongs into `trusted_keys` of `policies` in the configuration of every server."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PolicyKeygenCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            required = true,
            description = "Whose key it is, such as example.org/policies.")
    private String name;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where the secret key goes.")
    private Path out;

    @Override
    public Integer call() {
        SigningKey key;
        try {
            key = SigningKey.generate(name, new SecureRandom());
        } catch (MalformedException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
        PolicyKeyFile.create(out, key);
        PrintWriter print = spec.commandLine().getOut();
        print.println(key.verifier());
        print.flush();
        return ExitCode.DONE;
    }
}
