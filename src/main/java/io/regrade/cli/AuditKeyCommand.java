package io.regrade.cli;

import io.regrade.cli.ServerLauncher.LogKeyPlace;
import io.regrade.ledger.log.LogKey;
import io.regrade.ledger.log.LogKeyException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code regrade audit key}: prints the log's public key. */
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the public key (vkey) of this server's log, which auditors verify with.",
            "It is read from the key's file or REGRADE_LOG_KEY; nothing is made."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AuditKeyCommand implements Callable<Integer> {

    private final Services services;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions options;

    AuditKeyCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        LogKeyPlace place = services.server().logKey(options.at(null));
        LogKey key = LogKey.read(place.file(), place.origin(), place.environment())
                .orElseThrow(() -> new LogKeyException(
                        place.file() + ": there is no key yet. Maybe start the server once, which makes it"));
        PrintWriter out = spec.commandLine().getOut();
        out.println(key.vkey());
        out.flush();
        return ExitCode.DONE;
    }
}
