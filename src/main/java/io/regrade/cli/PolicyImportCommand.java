package io.regrade.cli;

import io.regrade.policy.SheetImport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code regrade policy import}: turns a sheet of a workbook into a decision table that diffs. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Turns a sheet of an XLSX workbook into a CSV decision table.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PolicyImportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE.xlsx", description = "The workbook.")
    private Path workbook;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FILE.csv",
            description = "Where the table goes, such as rules/standard/tables/NAME.drl.csv.")
    private Path to;

    @Option(
            names = "--sheet",
            paramLabel = "NAME",
            description = "The sheet; the first one that is not hidden without.")
    private @Nullable String sheet;

    @Option(names = "--replace", description = "Replace the table when it is there already.")
    private boolean replace;

    @Override
    public Integer call() {
        if (!Files.isRegularFile(workbook)) {
            throw new ParameterException(spec.commandLine(), "`" + workbook + "`: there is no such file");
        }
        if (!to.toString().endsWith(".csv")) {
            throw new ParameterException(spec.commandLine(), "`" + to + "` is no CSV file. Maybe `" + to + ".drl.csv`");
        }
        if (Files.exists(to) && !replace) {
            throw new ParameterException(spec.commandLine(), "`" + to + "` is there already. Maybe add `--replace`");
        }
        String csv;
        try {
            csv = SheetImport.csv(workbook, sheet);
        } catch (IOException e) {
            throw new UncheckedIOException("`" + workbook + "` cannot be read", e);
        }
        try {
            Files.writeString(to, csv);
        } catch (IOException e) {
            throw new UncheckedIOException("`" + to + "` cannot be written", e);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(to + ": " + csv.lines().count() + " rows. Check them with `regrade policy check`");
        out.flush();
        return ExitCode.DONE;
    }
}
