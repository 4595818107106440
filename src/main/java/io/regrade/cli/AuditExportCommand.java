package io.regrade.cli;

import io.regrade.audit.LogExport;
import io.regrade.audit.LogSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code regrade audit export}: copies a log to a directory. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Copies a log to a directory of the same layout, which can be verified offline or served by any web server.",
            "What the directory has already is not fetched again: run it again after an interruption, or later for what"
                    + " is new. Nothing is verified; see `regrade audit verify`."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AuditExportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--log",
            required = true,
            paramLabel = "URL|DIR",
            description = "The log, such as http://127.0.0.1:8080/v1/audit.")
    private String log;

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "The directory; made when missing.")
    private Path to;

    @Override
    public Integer call() {
        LogExport.Copied copied;
        try (Meter meter = Meter.of("export", " leaves", 0, 1)) {
            copied = new LogExport(LogSource.at(log), to).copy(meter::at);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(copied.size() + " leaves are in " + to + ": " + copied.fetched() + " of " + copied.files()
                + " tiles and bundles were new");
        out.flush();
        return ExitCode.DONE;
    }
}
