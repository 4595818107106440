package io.regrade.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.backtest.Report;
import io.regrade.backtest.RiskBand;
import io.regrade.backtest.Score;
import io.regrade.fact.Numbers;
import java.io.PrintWriter;

/** A back-test to be read: by people as a table, by programs as JSON or CSV. */
final class BacktestReport {

    private static final double PERCENT = 100;

    private final Format format;
    private final PrintWriter out;

    BacktestReport(Format format, PrintWriter out) {
        this.format = format;
        this.out = out;
    }

    void print(Report report) {
        switch (format) {
            case json -> out.println(json(report).toPrettyString());
            case table -> table(report);
            default -> scores(report).print(format, out);
        }
        out.flush();
    }

    private void table(Report report) {
        out.println("Decided at " + report.decidedAt() + " on what was measured since " + report.from()
                + ", scored until " + report.to() + ": " + report.scored() + " of " + report.machines()
                + " machines have samples on both sides.");
        out.println();
        scores(report).print(format, out);
        out.println();
        Rows risks = new Rows("projected risk", "moves", "memory exceeded", "%");
        for (RiskBand band : report.risks()) {
            risks.add(
                    band.above() < 0
                            ? "none"
                            : "above " + Numbers.show(band.above()) + " to " + Numbers.show(band.upTo()),
                    band.machines(),
                    band.memoryExceeding(),
                    percent(band.memoryExceedingShare()));
        }
        risks.print(format, out);
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

    private static ObjectNode json(Report report) {
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
