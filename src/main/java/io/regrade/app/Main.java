package io.regrade.app;

import io.regrade.cli.RegradeCommand;
import io.regrade.cli.Services;
import io.regrade.engine.drools.DroolsCompiler;
import java.nio.file.Path;
import java.time.Clock;

/** The program's entry point. */
public final class Main {

    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        Deadline.begin();
        Path home = Path.of(System.getProperty("regrade.home", "."));
        Path data = home.resolve("data");
        DroolsCompiler compiler =
                new DroolsCompiler(data.resolve("cache").resolve("policies"), data.resolve("compiled.key"));
        Services services = new Services(home, compiler, new ServerStart(home, compiler), Clock.systemUTC());
        System.exit(RegradeCommand.commandLine(services).execute(args));
    }
}
