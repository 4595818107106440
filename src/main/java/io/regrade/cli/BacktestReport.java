package io.regrade.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.backtest.Lived;
import io.regrade.backtest.Report;
import io.regrade.backtest.RiskBand;
import io.regrade.backtest.Score;
import io.regrade.fact.Numbers;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** A back-test to be read: by people as a table, by programs as JSON or CSV. */
final class BacktestReport {

    private static final double PERCENT = 100;

    private final Format format;
    private final PrintWriter out;

    BacktestReport(Format format, PrintWriter out) {
        this.format = format;
        this.out = out;
    }

    /** Prints what came of one decision, and of one every week where that was lived through. */
    void print(Report report, @Nullable Lived lived) {
        switch (format) {
            case json -> out.println(json(report, lived).toPrettyString());
            case table -> table(report, lived);
            default -> scores(report).print(format, out);
        }
        out.flush();
    }

    private void table(Report report, @Nullable Lived lived) {
        out.println("Decided at " + report.decidedAt() + " on what was measured since " + report.from()
                + ", scored until " + report.to() + ": " + report.scored() + " of " + report.machines()
                + " machines have samples on both sides.");
        out.println();
        scores(report).print(format, out);
        out.println();
        Rows risks = new Rows("projected risk", "moves", "memory exceeded", "%", "before, too");
        for (RiskBand band : report.risks()) {
            risks.add(
                    band.above() < 0
                            ? "none"
                            : "above " + Numbers.show(band.above()) + " to " + Numbers.show(band.upTo()),
                    band.machines(),
                    band.memoryExceeding(),
                    percent(band.memoryExceedingShare()),
                    band.memoryExceedingBefore());
        }
        risks.print(format, out);
        if (lived != null) {
            out.println();
            rolling(lived).print(format, out);
        }
    }

    private static Rows rolling(Lived lived) {
        Rows rows = new Rows(
                "weekly looks",
                "machines",
                "saving_percent",
                "cpu_hours_month",
                "memory_exceeding_percent",
                "memory_hours_month",
                "moves",
                "at once",
                "machines moved");
        rows.add(
                lived.looks(),
                lived.machines(),
                percent(lived.savingShare()),
                Numbers.significant(lived.cpuHoursMonth()),
                percent(lived.memoryExceedingShare()),
                Numbers.significant(lived.memoryHoursMonth()),
                lived.moves(),
                lived.movesAtOnce(),
                lived.machinesMoved());
        return rows;
    }

    private static ObjectNode json(Lived lived) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("looks", lived.looks());
        node.put("machines", lived.machines());
        number(node, "saving_percent", percent(lived.savingShare()));
        number(node, "cpu_hours_month", Numbers.significant(lived.cpuHoursMonth()));
        number(node, "memory_exceeding_percent", percent(lived.memoryExceedingShare()));
        number(node, "memory_hours_month", Numbers.significant(lived.memoryHoursMonth()));
        node.put("moves", lived.moves());
        node.put("moves_at_once", lived.movesAtOnce());
        node.put("machines_moved", lived.machinesMoved());
        return node;
    }

    private Rows scores(Report report) {
        Rows rows = new Rows(
                "recommender",
                "machines",
                "moved",
                "saving_percent",
                "cpu_hours_month",
                "cpu_exceeding_percent",
                "memory_exceeding_percent");
        for (Score score : report.scores()) {
            rows.add(
                    score.name(),
                    score.machines(),
                    score.moved(),
                    percent(score.savingShare()),
                    Numbers.significant(score.cpuHoursMonth()),
                    percent(score.cpuExceedingShare()),
                    percent(score.memoryExceedingShare()));
        }
        return rows;
    }

    private static ObjectNode json(Report report, @Nullable Lived lived) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("from", report.from().toString());
        node.put("decided_at", report.decidedAt().toString());
        node.put("to", report.to().toString());
        node.put("machines", report.machines());
        node.put("scored", report.scored());
        ArrayNode scores = node.putArray("recommenders");
        for (Score score : report.scores()) {
            ObjectNode one = scores.addObject();
            one.put("recommender", score.name());
            one.put("machines", score.machines());
            one.put("moved", score.moved());
            number(one, "saving_percent", percent(score.savingShare()));
            number(one, "cpu_hours_month", Numbers.significant(score.cpuHoursMonth()));
            number(one, "cpu_exceeding_percent", percent(score.cpuExceedingShare()));
            number(one, "memory_exceeding_percent", percent(score.memoryExceedingShare()));
        }
        ArrayNode risks = node.putArray("risks");
        for (RiskBand band : report.risks()) {
            ObjectNode one = risks.addObject();
            one.put("above", Math.max(0, band.above()));
            one.put("up_to", band.upTo());
            one.put("moves", band.machines());
            one.put("memory_exceeding", band.memoryExceeding());
            one.put("memory_exceeding_before", band.memoryExceedingBefore());
        }
        if (lived != null) {
            node.set("rolling", json(lived));
        }
        return node;
    }

    private static void number(ObjectNode node, String field, double number) {
        if (!Double.isNaN(number)) {
            node.put(field, number);
        }
    }

    private static double percent(double share) {
        return Numbers.significant(share * PERCENT);
    }
}
