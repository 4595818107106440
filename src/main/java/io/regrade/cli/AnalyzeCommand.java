package io.regrade.cli;

import io.regrade.fact.VmFacts;
import io.regrade.intake.inventory.Fleet;
import io.regrade.pipeline.manifest.AnalyzeManifests;
import io.regrade.pipeline.manifest.AnalyzeManifests.Result;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code regrade analyze}: what manifests and binaries say of machines and of their software. */
@Command(
        name = "analyze",
        mixinStandardHelpOptions = true,
        description = "Tells what manifests and binaries say of machines and what their software needs.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AnalyzeCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";
    /** The most that is taken from standard input, bytes. */
    private static final int MAX_INPUT = 256 << 20;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Files, or directories with all files below them; `-` for standard input.")
    private List<String> files;

    @Option(
            names = "--fleet",
            paramLabel = "DIR",
            description = "With --vm: compare with what this fleet directory knows of the machine.")
    private @Nullable Path fleet;

    @Option(names = "--vm", paramLabel = "ID", description = "With --fleet: the machine that the files are about.")
    private @Nullable String vm;

    @Option(names = "--summary", description = "Count the files by format, and the refusals by reason, instead.")
    private boolean summary;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}; table without.")
    private Format format = Format.table;

    @Override
    public Integer call() {
        VmFacts known = known();
        AnalyzeManifests manifests = new AnalyzeManifests();
        List<Result> results = new ArrayList<>();
        for (String file : files) {
            results.addAll(
                    file.equals(STANDARD_INPUT)
                            ? List.of(input(manifests, known))
                            : manifests.files(Path.of(file), known));
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (summary) {
            AnalysisRows.summary(results).print(format, out);
        } else {
            AnalysisRows.print(results, format, out);
            results.forEach(one -> {
                if (one.refusal() != null) {
                    err.println(one.refusal().getMessage());
                }
            });
            err.flush();
        }
        return results.stream().allMatch(one -> one.refusal() == null) ? ExitCode.DONE : ExitCode.INPUT;
    }

    private @Nullable VmFacts known() {
        if ((fleet == null) != (vm == null)) {
            throw new ParameterException(
                    spec.commandLine(), "`--fleet` and `--vm` go together. Maybe `--fleet DIR --vm ID`");
        }
        if (fleet == null || vm == null) {
            return null;
        }
        String id = vm;
        Fleet read = FleetWork.read(fleet);
        return read.vms().stream()
                .filter(facts -> facts.vm().id().equals(id))
                .findFirst()
                .orElseThrow(() -> DecideCommand.unknown(spec.commandLine(), id, read.vms()));
    }

    private static Result input(AnalyzeManifests manifests, @Nullable VmFacts known) {
        try {
            byte[] bytes = System.in.readNBytes(MAX_INPUT + 1);
            return manifests.bytes("stdin", bytes, known);
        } catch (IOException e) {
            throw new UncheckedIOException("standard input cannot be read", e);
        }
    }
}
