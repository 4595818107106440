package io.regrade.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.VmFacts;
import io.regrade.pipeline.Counterfactuals;
import io.regrade.pipeline.CounterfactualsJson;
import io.regrade.pipeline.CounterfactualsText;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.ExplainTarget;
import io.regrade.pipeline.FindCounterfactuals;
import io.regrade.pipeline.FindCounterfactuals.Asked;
import io.regrade.pipeline.UnknownTargetException;
import io.regrade.pipeline.WhyNot;
import io.regrade.pipeline.WhyNotJson;
import io.regrade.pipeline.WhyNotText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What {@code regrade decide} is asked about decisions: why not another target, and what would turn them. */
final class DecisionQuestions {

    private static final int LISTED = 20;

    private final DecideVm decide;
    private final EvaluationTime time;
    private final Format format;
    private final CommandLine command;

    DecisionQuestions(DecideVm decide, EvaluationTime time, Format format, CommandLine command) {
        this.decide = decide;
        this.time = time;
        this.format = format;
        this.command = command;
    }

    /** Prints the answers about each machine, the text of the table format or JSON. */
    void answer(List<VmFacts> vms, @Nullable String target, boolean turns) {
        if (format == Format.csv) {
            throw new ParameterException(command, "`csv` has no place for an explanation. Maybe `--format json`");
        }
        List<ObjectNode> nodes = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (VmFacts facts : vms) {
            if (target != null) {
                WhyNot answer = whyNot(facts, target);
                nodes.add(WhyNotJson.write(answer));
                texts.add(WhyNotText.write(answer));
            }
            if (turns) {
                Counterfactuals answer = FindCounterfactuals.find(decide, facts, time, new Asked(null, LISTED));
                nodes.add(CounterfactualsJson.write(answer));
                texts.add(CounterfactualsText.write(answer));
            }
        }
        PrintWriter out = command.getOut();
        if (format == Format.table) {
            texts.forEach(out::println);
        } else if (format == Format.ndjson) {
            nodes.forEach(node -> out.println(Rows.line(node)));
        } else {
            out.println("{\"answers\":[");
            for (int i = 0; i < nodes.size(); i++) {
                out.println(Rows.line(nodes.get(i)) + (i + 1 < nodes.size() ? "," : ""));
            }
            out.println("]}");
        }
        out.flush();
    }

    private WhyNot whyNot(VmFacts facts, String target) {
        try {
            return ExplainTarget.whyNot(decide, facts, time, target);
        } catch (UnknownTargetException e) {
            throw new ParameterException(command, String.valueOf(e.getMessage()));
        }
    }
}
