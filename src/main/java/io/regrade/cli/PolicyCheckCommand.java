package io.regrade.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.catalog.Catalog;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Suggestion;
import io.regrade.pipeline.CheckPolicy;
import io.regrade.pipeline.CheckPolicy.Checked;
import io.regrade.pipeline.DiagnosticsJson;
import io.regrade.pipeline.DiagnosticsSarif;
import io.regrade.pipeline.EngineVersion;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.pipeline.StudyFleet;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.DiagnosticPages;
import io.regrade.policy.gate.RuleInventory;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code regrade policy check}: says everything that is wrong with a policy. */
@Command(name = "check", mixinStandardHelpOptions = true, description = "Says everything that is wrong with a policy.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PolicyCheckCommand implements Callable<Integer> {

    /** How the findings are printed. */
    enum CheckFormat {
        /** To standard error, a line each. */
        table,
        /** The same. */
        text,
        json,
        csv,
        ndjson,
        sarif
    }

    private final Services services;

    @Spec
    private CommandSpec spec;

    @Option(names = "--policy", paramLabel = "DIR", description = "The policy's directory; rules/standard without.")
    private @Nullable Path policy;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}; table without.")
    private CheckFormat format = CheckFormat.table;

    @Option(names = "--explain", paramLabel = "CODE", description = "Print the page about a kind of finding.")
    private @Nullable String explained;

    @Option(
            names = "--fleet",
            paramLabel = "DIR",
            description = "Evaluate this fleet too: contradictions, gaps and what depends on the order of facts.")
    private @Nullable Path fleet;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "With --fleet, the evaluation time, such as 2026-01-31T00:00:00Z; now without.")
    private @Nullable Instant at;

    @Option(
            names = "--inventory",
            description =
                    "Tell too which facts each rule reads and concludes, and which methods it calls; as table or json.")
    private boolean inventory;

    PolicyCheckCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        if (explained != null) {
            return explain(explained);
        }
        Path directory = policy == null ? services.standardPolicy() : policy;
        if (!Files.exists(directory)) {
            throw new ParameterException(
                    spec.commandLine(), directory + ": there is no such directory or archive. Maybe `rules/standard`");
        }
        if (inventory
                && !EnumSet.of(CheckFormat.table, CheckFormat.text, CheckFormat.json)
                        .contains(format)) {
            throw new ParameterException(
                    spec.commandLine(), "an inventory is printed as table or json. Maybe `--format json`");
        }
        Checked checked = CheckPolicy.check(directory, services.compiler());
        if (fleet != null && checked.isUsable()) {
            checked = checked.with(study(directory, fleet));
        }
        print(
                checked,
                directory,
                inventory && checked.isUsable() ? CheckPolicy.inventory(directory, services.compiler()) : List.of());
        return checked.isUsable() ? ExitCode.DONE : ExitCode.NO;
    }

    private List<Diagnostic> study(Path directory, Path machines) {
        FleetWork.Loaded loaded = FleetWork.load(machines, directory, services);
        try (ReadyPolicy ready = loaded.policy()) {
            return StudyFleet.study(
                    ready,
                    services.compiler(),
                    Catalog.of(loaded.fleet().targets()),
                    loaded.fleet().pricing(),
                    loaded.fleet().vms(),
                    new EvaluationTime(at == null ? services.clock().instant() : at));
        }
    }

    private int explain(String code) {
        String page = DiagnosticPages.page(code)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "`" + code + "` is no kind of finding. Maybe "
                                + Suggestion.nearest(code, DiagnosticPages.codes())));
        PrintWriter out = spec.commandLine().getOut();
        out.print(page);
        out.flush();
        return ExitCode.DONE;
    }

    private void print(Checked checked, Path directory, List<RuleInventory> rules) {
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case table, text -> {
                PrintWriter err = spec.commandLine().getErr();
                checked.diagnostics()
                        .forEach(one ->
                                err.println(one.in(directory.resolve(one.file()).toString())));
                err.flush();
                if (!rules.isEmpty()) {
                    table(rules).print(Format.table, out);
                }
                out.println(summary(checked.diagnostics()));
            }
            case json -> {
                ObjectNode node = DiagnosticsJson.of(checked);
                if (inventory) { // of a policy that cannot be used it is not known
                    node.set("inventory", checked.isUsable() ? DiagnosticsJson.inventory(rules) : null);
                }
                out.println(node.toPrettyString());
            }
            case sarif ->
                out.println(DiagnosticsSarif.of(checked, EngineVersion.regrade(), directory)
                        .toPrettyString());
            case ndjson -> checked.diagnostics().forEach(one -> out.println(Rows.line(DiagnosticsJson.one(one))));
            case csv -> {
                Rows rows = new Rows("file", "line", "column", "severity", "code", "message", "maybe");
                checked.diagnostics()
                        .forEach(p -> rows.add(
                                p.file(),
                                p.line(),
                                p.column(),
                                p.severity().name().toLowerCase(Locale.ROOT),
                                p.code(),
                                p.message(),
                                p.maybe()));
                rows.print(Format.csv, out);
            }
        }
        out.flush();
    }

    private static Rows table(List<RuleInventory> rules) {
        Rows table = new Rows("rule", "reads", "concludes", "calls");
        rules.forEach(rule -> table.add(
                rule.rule(),
                String.join(", ", rule.reads()),
                String.join(", ", rule.concludes()),
                String.join(", ", rule.calls())));
        return table;
    }

    private static String summary(List<Diagnostic> found) {
        long errors = found.stream().filter(Diagnostic::isError).count();
        long warnings = found.size() - errors;
        if (found.isEmpty()) {
            return "the policy is in order";
        }
        String problems = errors + (errors == 1 ? " problem" : " problems");
        String doubts = warnings + (warnings == 1 ? " warning" : " warnings");
        return warnings == 0 ? problems : errors == 0 ? "the policy can be used, " + doubts : problems + ", " + doubts;
    }
}
