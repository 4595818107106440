package io.regrade.cli;

import io.regrade.cli.ServerLauncher.LogKeyPlace;
import io.regrade.ledger.log.LogKey;
import io.regrade.ledger.log.LogKeyException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code regrade audit rotate-key}: makes the log's next key. */
@Command(
        name = "rotate-key",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the log's next key, beside the present one, and prints its public key.",
            "The server passes the log on to it when it is started the next time: it appends a leaf that the old key signs,"
                    + " signs every later checkpoint with the new key, and replaces the old key's file."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AuditRotateKeyCommand implements Callable<Integer> {

    private final Services services;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions options;

    AuditRotateKeyCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        LogKeyPlace place = services.server().logKey(options.at(null));
        if (place.environment().containsKey(LogKey.VARIABLE)) {
            throw new LogKeyException(
                    LogKey.VARIABLE + ": the key is given by the environment, which cannot be rotated."
                            + " Maybe put it in " + place.file() + " first, for its owner alone");
        }
        if (LogKey.read(place.file(), place.origin(), Map.of()).isEmpty()) {
            throw new LogKeyException(place.file() + ": there is no key yet that could be rotated");
        }
        LogKey next = LogKey.prepareNext(place.file(), place.origin());
        spec.commandLine().getOut().println(next.vkey());
        spec.commandLine().getOut().flush();
        PrintWriter err = spec.commandLine().getErr();
        err.println("The next key is made. Restart the server, which passes the log on to it.");
        err.flush();
        return ExitCode.DONE;
    }
}
