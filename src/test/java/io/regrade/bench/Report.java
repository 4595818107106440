package io.regrade.bench;

import io.regrade.bench.Competitors.Way;
import io.regrade.bench.EngineProfile.Part;
import java.util.Locale;
import java.util.Map;

/** The results as the Markdown that {@code docs/performance.md} shows. */
final class Report {

    private static final double PERCENT = 100;

    private final Results results;
    private final String command;
    private final StringBuilder text = new StringBuilder();

    Report(Results results, String command) {
        this.results = results;
        this.command = command;
    }

    String markdown() {
        line(
                "Printed by `%s` on %d cores, JDK %s. Ratios are medians of rounds in which all ways took turns; the"
                        + " numbers behind them are this machine's.",
                command, cores(), Runtime.version().feature());
        goals();
        decisions();
        fleets();
        processes();
        profile();
        return text.toString();
    }

    private void goals() {
        line("\n| goal | bound | measured | |");
        line("|---|---|---|---|");
        int largest = results.sizes().isEmpty()
                ? 0
                : results.sizes().get(results.sizes().size() - 1);
        int smallest = results.sizes().isEmpty() ? 0 : results.sizes().get(0);
        int usual = results.sizes().contains(2_000) ? 2_000 : largest;
        goal("engine ÷ hand-written Java, %,d targets", usual, 12, results.ratio(Way.ENGINE, usual, Way.HAND, usual));
        double faster = results.ratio(Way.PLAIN, usual, Way.ENGINE, usual);
        line(
                "| plain Drools ÷ engine, %,d targets | ≥ 15 | %s | %s |",
                usual, show(faster), mark(faster >= 15, faster));
        goal(
                "engine at %,d targets ÷ at " + smallest,
                largest,
                1.5,
                results.ratio(Way.ENGINE, largest, Way.ENGINE, smallest));
        double trace = PERCENT * (results.ratio(Way.ENGINE, usual, Way.UNTRACED, usual) - 1);
        line(
                "| what the trace adds, %,d targets | ≤ 15 %% | %s %% | %s |",
                usual, show(trace), mark(trace <= 15, trace));
        ProcessRuns.Seconds seconds = results.processes();
        if (seconds == null) {
            line("| whole `decide` ÷ merely parsing | ≤ 2.5 | the fleet is not there | |");
        } else {
            goal("whole `decide` ÷ merely parsing", 0, 2.5, seconds.ratio());
        }
    }

    private void goal(String what, int size, double bound, double ratio) {
        line(
                "| %s | ≤ %s | %s | %s |",
                String.format(Locale.ROOT, what, size), show(bound), show(ratio), mark(ratio <= bound, ratio));
    }

    private static String mark(boolean reached, double measured) {
        return Double.isNaN(measured) ? "" : reached ? "reached" : "**missed**";
    }

    private void decisions() {
        line("\n| one decision | targets | ÷ hand-written | ÷ engine | µs of processor | KiB allocated |");
        line("|---|---:|---:|---:|---:|---:|");
        for (Way way : Way.values()) {
            for (int targets : results.sizes()) {
                if (!Double.isNaN(results.micros(way, targets))) {
                    line(
                            "| %s | %,d | %s | %s | %s | %s |",
                            way.label(),
                            targets,
                            show(results.ratio(way, targets, Way.HAND, targets)),
                            show(results.ratio(way, targets, Way.ENGINE, targets)),
                            show(results.micros(way, targets)),
                            show(results.allocated(way, targets)));
                }
            }
        }
    }

    private void fleets() {
        if (results.fleets().isEmpty()) {
            return;
        }
        line("\n| whole fleet, 2,000 targets | machines | machines a second | ÷ one thread |");
        line("|---|---:|---:|---:|");
        results.fleets()
                .forEach((threads, byVms) -> byVms.keySet().forEach(vms -> {
                    double rate = results.throughput(threads, vms);
                    line(
                            "| %d thread%s | %,d | %,.0f | %s |",
                            threads, threads == 1 ? "" : "s", vms, rate, show(rate / results.throughput(1, vms)));
                }));
    }

    private void processes() {
        ProcessRuns.Seconds seconds = results.processes();
        if (seconds != null) {
            line(
                    "\nWhole processes on 300 real machines and 1,204 real targets, medians of %d runs of each in turn:"
                            + " `decide` %s s, merely parsing the same files %s s.",
                    seconds.decide().size(),
                    show(Results.median(seconds.decide())),
                    show(Results.median(seconds.parse())));
        }
    }

    private void profile() {
        EngineProfile.Shares profile = results.profile();
        if (profile == null) {
            return;
        }
        line("\n| where the engine's time goes, by %,d stack samples | share |", profile.samples());
        line("|---|---:|");
        profile.shares().entrySet().stream()
                .sorted(Map.Entry.<Part, Double>comparingByValue().reversed())
                .forEach(part -> line("| %s | %.0f %% |", part.getKey().label(), PERCENT * part.getValue()));
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** Three digits, so that what is noise does not look like knowledge. */
    private static String show(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        double size = Math.abs(value);
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2;
        String shown = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        return shown.contains(".") ? shown.replaceAll("\\.?0+$", "") : shown;
    }
}
