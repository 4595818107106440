package io.regrade.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.fact.Distribution;
import io.regrade.fact.Resource;
import io.regrade.fact.Usage;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.intake.telemetry.MeasuredHours;
import io.regrade.intake.telemetry.UsageHour;
import io.regrade.ledger.Recommendation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One machine.
 *
 * @param facts what is known of it
 * @param hours what monitors sent of it, hour by hour
 * @param decisions the last decisions on it, newest first, as the API writes them with a summary
 * @param more whether there are older ones
 * @param recommendation the advice that is open, null for none
 * @param last the last decision with its trace, null when there is none or it was erased
 */
public record MachinePage(
        VmFacts facts,
        MeasuredHours hours,
        List<ObjectNode> decisions,
        boolean more,
        @Nullable Recommendation recommendation,
        @Nullable ObjectNode last) {

    private static final int POINTS = 60;
    private static final int MOST_HOURS = 24 * 45;

    /** The machine. */
    public Vm vm() {
        return facts.vm();
    }

    /** What it uses, has, and would have. */
    public List<Gauge> gauges() {
        List<Gauge> gauges = new ArrayList<>();
        for (Resource resource : Resource.values()) {
            Usage usage = facts.usage(resource);
            double now = vm().capacity().of(resource);
            if (usage != null || now > 0) {
                gauges.add(new Gauge(resource, usage, hours.of(resource), now, offered(resource), projected(resource)));
            }
        }
        return gauges;
    }

    private double offered(Resource resource) {
        JsonNode target = last == null ? null : last.get("target");
        JsonNode configuration = last == null ? null : last.get("configuration");
        JsonNode amount = target != null && target.isObject()
                ? target.path(resource.key())
                : configuration != null ? configuration.path(resource.key()) : null;
        return amount != null && amount.isNumber() ? amount.doubleValue() : Double.NaN;
    }

    private @Nullable JsonNode projected(Resource resource) {
        if (last != null) {
            for (JsonNode one : last.path("risk").path("resources")) {
                if (one.path("resource").asText().equals(resource.key())) {
                    return one;
                }
            }
        }
        return null;
    }

    /** What it must have and who says so, from the last decision. */
    public List<DecisionPage.Required> requirements() {
        return last == null ? List.of() : DecisionPage.requirements(last);
    }

    /** The target's id; empty when it is not to move to one. */
    public String target() {
        return last == null ? "" : last.path("target").path("id").asText("");
    }

    /**
     * One resource on one scale.
     *
     * @param resource which
     * @param usage what is used of it, null when that was not measured
     * @param hours what monitors sent of it, hour by hour
     * @param now what the machine has, NaN when unknown
     * @param target what it would have, NaN when unknown or when it is to stay
     * @param projected what is expected there, as the API writes it; null when nothing is
     */
    public record Gauge(
            Resource resource,
            @Nullable Usage usage,
            List<UsageHour> hours,
            double now,
            double target,
            @Nullable JsonNode projected) {

        /** Where an amount lies on the scale, 0 to 100. */
        public double at(double amount) {
            double top = 0;
            for (double one : new double[] {usage == null ? 0 : usage.max(), now, target}) {
                top = Double.isNaN(one) ? top : Math.max(top, one);
            }
            return top == 0 ? 0 : Math.min(100, amount / top * 96);
        }

        /** Use over time, as {@code [second…],[mean…],[highest…]}, JSON; empty when no monitor sent any. */
        public String series() {
            if (hours.isEmpty()) {
                return "";
            }
            StringBuilder seconds = new StringBuilder();
            StringBuilder means = new StringBuilder();
            StringBuilder highest = new StringBuilder();
            for (UsageHour hour : hours.subList(Math.max(0, hours.size() - MOST_HOURS), hours.size())) {
                String comma = seconds.isEmpty() ? "" : ",";
                seconds.append(comma).append(hour.hour() * UsageHour.SECONDS);
                means.append(comma).append(hour.sum() / hour.count());
                highest.append(comma).append(hour.max());
            }
            return "[[" + seconds + "],[" + means + "],[" + highest + "]]";
        }

        /** The share of time that is spent at or below amounts, as {@code [percent…],[amount…]}, JSON. */
        public String curve() {
            if (usage == null) {
                return "";
            }
            Distribution seen = usage.distribution();
            StringBuilder shares = new StringBuilder();
            StringBuilder amounts = new StringBuilder();
            for (int i = 0; i <= POINTS; i++) {
                double share = (double) i / POINTS;
                shares.append(i == 0 ? "" : ",").append(String.format(Locale.ROOT, "%.3f", share * 100));
                amounts.append(i == 0 ? "" : ",")
                        .append(i == POINTS ? usage.max() : Math.min(usage.max(), seen.quantile(share)));
            }
            return "[[" + shares + "],[" + amounts + "]]";
        }
    }
}
