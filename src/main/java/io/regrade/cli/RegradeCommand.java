package io.regrade.cli;

import io.regrade.audit.UnreadableException;
import io.regrade.backtest.BacktestException;
import io.regrade.intake.inventory.IntakeException;
import io.regrade.intake.manifest.found.ManifestException;
import io.regrade.ledger.log.LogKeyException;
import io.regrade.pipeline.EvidenceException;
import io.regrade.pipeline.manifest.UnreadableManifestsException;
import io.regrade.policy.PolicyException;
import io.regrade.policy.bundle.BundleException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

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
                .addSubcommand(new PolicyTestCommand(services))
                .addSubcommand(new PolicyImportCommand())
                .addSubcommand(new PolicyImpactCommand(services))
                .addSubcommand(new PolicyDiffCommand())
                .addSubcommand(new PolicyBundleCommand(services))
                .addSubcommand(new PolicySignCommand())
                .addSubcommand(new PolicyVerifyCommand())
                .addSubcommand(new PolicyKeygenCommand());
        CommandLine audit = new CommandLine(new AuditCommand())
                .addSubcommand(new AuditVerifyCommand())
                .addSubcommand(new AuditExportCommand())
                .addSubcommand(new AuditKeyCommand(services))
                .addSubcommand(new AuditRotateKeyCommand(services));
        return new CommandLine(new RegradeCommand())
                .addSubcommand(new DemoCommand(services))
                .addSubcommand(new ServeCommand(services))
                .addSubcommand(new HealthCommand())
                .addSubcommand(new DecideCommand(services))
                .addSubcommand(new PlanCommand(services))
                .addSubcommand(new UsageCommand())
                .addSubcommand(new BacktestCommand(services))
                .addSubcommand(new AnalyzeCommand())
                .addSubcommand(policy)
                .addSubcommand(audit)
                .addSubcommand(new ReplayCommand(services))
                .registerConverter(Instant.class, RegradeCommand::instant)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, arguments) -> misused(e))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing. Maybe `regrade demo`");
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("`" + text + "` is not a time. Maybe `2026-01-31T00:00:00Z`");
        }
    }

    private static int misused(ParameterException e) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println(e.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(e, err)) {
            err.println("`" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help` tells what there is.");
        }
        err.flush();
        return ExitCode.INPUT;
    }

    private static int failed(Exception e, CommandLine command) {
        PrintWriter err = command.getErr();
        if (e instanceof IntakeException
                || e instanceof BacktestException
                || e instanceof ManifestException
                || e instanceof UnreadableManifestsException
                || e instanceof PolicyException
                || e instanceof BundleException
                || e instanceof UnreadableException
                || e instanceof LogKeyException
                || e instanceof EvidenceException) {
            err.println(e.getMessage());
        } else if (e instanceof ServerLauncher.BadConfiguration) {
            err.println(e.getMessage());
            return ExitCode.CONFIGURATION;
        } else if (e instanceof UncheckedIOException unread) {
            err.println(unread(unread));
        } else if (e instanceof InterruptedException) {
            err.println("interrupted");
        } else {
            err.println("Regrade failed, which is a defect of Regrade; details are in the log.");
            LoggerFactory.getLogger(RegradeCommand.class).error("the command failed", e);
        }
        err.flush();
        return ExitCode.INPUT;
    }

    /** What was told when it was caught, or the file when nobody told anything. */
    private static String unread(UncheckedIOException e) {
        boolean told = e.getCause() == null || !e.getCause().toString().equals(e.getMessage());
        String file = e.getCause() instanceof FileSystemException known ? "`" + known.getFile() + "`" : "a file";
        return told ? String.valueOf(e.getMessage()) : file + " cannot be read or written";
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
