package io.regrade.cli;

import io.regrade.intake.inventory.IntakeException;
import io.regrade.policy.PolicyException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code regrade} with all its subcommands. */
@Command(
        name = "regrade",
        mixinStandardHelpOptions = true,
        versionProvider = RegradeCommand.Version.class,
        description = "Right-sizes and re-homes virtual machines by rules that business people write.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done; 1 the answer is no (a failed check or test); 2 wrong usage or input;",
            "100 wrong configuration."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class RegradeCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    private RegradeCommand() {}

    /** The command line, ready to execute arguments. */
    public static CommandLine commandLine(Services services) {
        CommandLine policy = new CommandLine(new PolicyCommand())
                .addSubcommand(new PolicyCheckCommand(services))
                .addSubcommand(new PolicyTestCommand(services));
        return new CommandLine(new RegradeCommand())
                .addSubcommand(new DemoCommand(services))
                .addSubcommand(new ServeCommand(services))
                .addSubcommand(new DecideCommand(services))
                .addSubcommand(policy)
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing. Maybe `regrade demo`");
    }

    private static int failed(Exception e, CommandLine command) {
        PrintWriter err = command.getErr();
        if (e instanceof IntakeException || e instanceof PolicyException) {
            err.println(e.getMessage());
        } else if (e instanceof ParameterException) {
            err.println(e.getMessage());
        } else if (e instanceof ServerLauncher.BadConfiguration) {
            err.println(e.getMessage());
            return ExitCode.CONFIGURATION;
        } else if (e instanceof UncheckedIOException unread) {
            err.println(unread.getMessage());
        } else if (e instanceof InterruptedException) {
            err.println("interrupted");
        } else {
            err.println("Regrade failed: " + e + ". That is a defect of Regrade; details are in the log.");
            LoggerFactory.getLogger(RegradeCommand.class).error("the command failed", e);
        }
        err.flush();
        return ExitCode.INPUT;
    }

    /** The version the jar was built as. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = RegradeCommand.class.getPackage().getImplementationVersion();
            return new String[] {"regrade " + (version == null ? "(not packaged)" : version)};
        }
    }
}
