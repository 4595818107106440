package io.regrade.backtest;

import io.regrade.fact.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A back-test as an SVG picture: what each recommender saves against how often it gives too little, processors on the left
 * and memory on the right. Better is up and left. Stateless.
 */
public final class Picture {

    private static final int SIDE = 360;
    private static final int LEFT = 60;
    private static final int TOP = 40;
    private static final int GAP = 80;
    private static final int LINE = 20;
    private static final int TICKS = 5;
    private static final double PERCENT = 100;

    private final StringBuilder svg = new StringBuilder();
    private final List<Score> scores;
    private final double lowest;
    private final double highest;

    private Picture(List<Score> scores) {
        this.scores = scores;
        this.lowest = Math.min(
                0,
                scores.stream()
                        .mapToDouble(one -> percent(one.savingShare()))
                        .min()
                        .orElse(0));
        this.highest = roundUp(scores.stream()
                .mapToDouble(one -> percent(one.savingShare()))
                .max()
                .orElse(0));
    }

    /**
     * The picture of a report. Who moves no machine is left out: it saves nothing, and its shortage would press the others
     * together. A recommender of which something is unknown is left out of the half that shows it.
     */
    public static String of(Report report) {
        return new Picture(
                        report.scores().stream().filter(one -> one.moved() > 0).toList())
                .draw();
    }

    private String draw() {
        int width = LEFT + 2 * SIDE + GAP + LINE;
        int height = TOP + SIDE + LINE * (4 + (scores.size() + 1) / 2);
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + width + ' ' + height + "\" width=\""
                + width
                + "\" height=\"" + height + "\" font-family=\"sans-serif\" font-size=\"12\">\n"
                + "<title>Saving against shortage</title>\n"
                + "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        half(LEFT, "hours a month short of processors", Score::cpuHoursMonth);
        half(LEFT + SIDE + GAP, "% of machines short of memory", one -> percent(one.memoryExceedingShare()));
        for (int i = 0; i < scores.size(); i++) {
            double x = LEFT + i % 2 * (SIDE + GAP);
            double y = TOP + SIDE + LINE * (3.5 + i / 2);
            dot(i, x, y - 4);
            text(x + 16, y, "start", scores.get(i).name());
        }
        return svg.append("</svg>\n").toString();
    }

    private void half(int left, String title, ToDoubleFunction<Score> shortage) {
        double most = roundUp(scores.stream()
                .mapToDouble(shortage)
                .filter(Double::isFinite)
                .max()
                .orElse(1));
        line(left, TOP, left, TOP + SIDE, "#333");
        line(left, TOP + SIDE, left + SIDE, TOP + SIDE, "#333");
        text(left, TOP - 14, "start", "% saved");
        text(left + SIDE, TOP + SIDE + 2 * LINE - 4, "end", title);
        for (int tick = 0; tick <= TICKS; tick++) {
            double share = (double) tick / TICKS;
            double y = TOP + SIDE - share * SIDE;
            line(left, y, left + SIDE, y, tick == 0 ? "#333" : "#ddd");
            text(left - 6, y + 4, "end", Numbers.show(lowest + share * (highest - lowest)));
            text(left + share * SIDE, TOP + SIDE + 16, "middle", Numbers.show(share * most));
        }
        for (int i = 0; i < scores.size(); i++) {
            double x = shortage.applyAsDouble(scores.get(i)) / most;
            double y = (percent(scores.get(i).savingShare()) - lowest) / (highest - lowest);
            if (Double.isFinite(x) && Double.isFinite(y)) {
                dot(i, left + x * SIDE, TOP + SIDE - y * SIDE);
            }
        }
    }

    /** The policy stands out; the others are told apart by their numbers. */
    private void dot(int number, double x, double y) {
        String fill = scores.get(number).name().startsWith("policy") ? "#c2410c" : "#475569";
        svg.append(format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"9\" fill=\"%s\" fill-opacity=\"0.85\"/>%n", x, y, fill));
        svg.append(format(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" fill=\"#fff\" font-size=\"10\">%d</text>%n",
                x, y + 3.5, number + 1));
    }

    private void line(double x1, double y1, double x2, double y2, String stroke) {
        svg.append(format(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n", x1, y1, x2, y2, stroke));
    }

    private void text(double x, double y, String anchor, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        svg.append(format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, escaped));
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format.replace("%n", "\n"), arguments);
    }

    /** The next of 1, 2, 3, 4, 5, 6, 8 and 10 times a power of ten. */
    private static double roundUp(double amount) {
        if (!(amount > 0)) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(amount)));
        for (double step : new double[] {1, 2, 3, 4, 5, 6, 8}) {
            if (amount <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }

    private static double percent(double share) {
        return share * PERCENT;
    }
}
