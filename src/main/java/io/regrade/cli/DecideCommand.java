package io.regrade.cli;

import io.regrade.decision.Decision;
import io.regrade.decision.DecisionJson;
import io.regrade.decision.Story;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Suggestion;
import io.regrade.fact.VmFacts;
import io.regrade.policy.RuleSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code regrade decide}: evaluates a fleet directory offline. */
@Command(
        name = "decide",
        mixinStandardHelpOptions = true,
        description = "Evaluates a fleet directory offline: no server, no database.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DecideCommand implements Callable<Integer> {

    private final Services services;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--fleet",
            required = true,
            paramLabel = "DIR",
            description = "Directory with vms.csv, targets.csv and usage.csv or usage.csv.gz.")
    private Path fleet;

    @Mixin
    private EvaluationOptions evaluation;

    @Option(
            names = "--vm",
            paramLabel = "ID",
            split = ",",
            description = "Only these machines; may be given several times.")
    private @Nullable List<String> ids;

    @Option(names = "--explain", description = "Tell the whole story of each decision.")
    private boolean explain;

    @Option(
            names = "--why-not",
            paramLabel = "TARGET",
            description = "Tell why this target is not chosen, instead of the decisions.")
    private @Nullable String whyNot;

    @Option(
            names = "--counterfactuals",
            description = "Tell the smallest changes that would turn each decision, instead of the decisions.")
    private boolean counterfactuals;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}; table without.")
    private Format format = Format.table;

    DecideCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws InterruptedException {
        FleetWork.Loaded loaded = FleetWork.load(fleet, evaluation.policy(services), services);
        EvaluationTime time = evaluation.time(services);
        List<VmFacts> chosen = chosen(loaded.fleet().vms());
        PrintWriter out = spec.commandLine().getOut();
        if (whyNot != null || counterfactuals) {
            new DecisionQuestions(loaded.decider(), time, format, spec.commandLine())
                    .answer(chosen, whyNot, counterfactuals);
            return ExitCode.DONE;
        }
        List<Decision> decisions = FleetWork.decide(loaded.decider(), chosen, time);
        if (explain && (format == Format.table)) {
            UnaryOperator<String> names = names(loaded.policy().bundle().rules());
            decisions.forEach(decision -> out.println(Story.tell(decision, names)));
        } else if (format == Format.json || format == Format.ndjson) {
            DecisionJson.Detail detail = explain ? DecisionJson.Detail.FULL : DecisionJson.Detail.SUMMARY;
            print(decisions, detail, out);
        } else {
            DecisionRows.of(decisions).print(format, out);
            if (format == Format.table) {
                DecisionRows.totals(decisions, out);
            }
        }
        out.flush();
        return ExitCode.DONE;
    }

    private void print(List<Decision> decisions, DecisionJson.Detail detail, PrintWriter out) {
        boolean array = format == Format.json;
        if (array) {
            out.println("{\"decisions\":[");
        }
        for (int i = 0; i < decisions.size(); i++) {
            String separator = array && i + 1 < decisions.size() ? "," : "";
            out.println(Rows.line(DecisionJson.decision(decisions.get(i), detail)) + separator);
        }
        if (array) {
            out.println("]}");
        }
    }

    private List<VmFacts> chosen(List<VmFacts> all) {
        if (ids == null) {
            return all;
        }
        List<VmFacts> chosen = new ArrayList<>();
        for (String id : ids) {
            chosen.add(all.stream()
                    .filter(facts -> facts.vm().id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> unknown(spec.commandLine(), id, all)));
        }
        return chosen;
    }

    static ParameterException unknown(CommandLine command, String id, List<VmFacts> all) {
        String nearest = Suggestion.nearest(
                id, all.stream().limit(10_000).map(facts -> facts.vm().id()).toList());
        String maybe = nearest.length() > 200 ? "look into vms.csv" : nearest;
        return new ParameterException(command, "the fleet has no machine `" + id + "`. Maybe " + maybe);
    }

    static UnaryOperator<String> names(List<RuleSource> rules) {
        return id -> rules.stream()
                .filter(rule -> rule.id().equals(id))
                .map(RuleSource::name)
                .findFirst()
                .orElse(id);
    }
}
