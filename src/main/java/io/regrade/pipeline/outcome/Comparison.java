package io.regrade.pipeline.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.FactJson;
import io.regrade.execute.Order;
import io.regrade.fact.Resource;
import io.regrade.fact.Usage;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.Outcomes.Promise;
import io.regrade.ledger.Outcomes.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decision promised of a move beside what was measured since. Stateless.
 *
 * <p>Only what was measured wholly after the move counts. What was not measured, or whose window begins before the move, is
 * unknown: nothing is made of the use that the decision itself was made on.
 */
final class Comparison {

    /** The share of a capacity at which it counts as used up. */
    static final double SATURATION = 0.95;

    /** So many hours of shortage a month more than promised are believed to be chance. */
    static final double HOURS_TOLERATED = 5;

    /** So much less of a saving than promised is believed to be rounding. */
    static final double SHARE_TOLERATED = 0.05;

    private static final double HOURS_A_MONTH = 730;

    private final JsonNode decision;
    private final Order order;
    private final Instant moved;
    private final VmFacts now;
    private final ObjectNode body = JsonNodeFactory.instance.objectNode();
    private final List<Promise> promises = new ArrayList<>();
    private double hours = Double.NaN;

    private Comparison(JsonNode decision, Order order, Instant moved, VmFacts now) {
        this.decision = decision;
        this.order = order;
        this.moved = moved;
        this.now = now;
    }

    /**
     * What came of it.
     *
     * @param body all of it but the execution and the moment
     * @param promises rule by rule
     */
    record Result(Verdict verdict, ObjectNode body, List<Promise> promises) {}

    /**
     * Compares.
     *
     * @param decision with all of its explanation
     * @param moved when the move was confirmed
     * @param now the machine as it is held
     */
    static Result of(JsonNode decision, Order order, Instant moved, VmFacts now) {
        return new Comparison(decision, order, moved, now).result();
    }

    private Result result() {
        body.put("vm", now.vm().id());
        body.put("from", order.from());
        body.put("to", order.to());
        body.put("moved_at", moved.toString());
        resources();
        double promisedHours = decision.at("/risk/saturated_hours_month").asDouble(Double.NaN);
        ObjectNode shortage = body.putObject("saturated_hours_month");
        FactJson.rounded(shortage, "predicted", promisedHours);
        FactJson.rounded(shortage, "observed", hours);
        double saving = (order.before().priceUsdHour() - now.vm().priceUsdHour()) * HOURS_A_MONTH;
        ObjectNode cost = body.putObject("saving_usd_month");
        FactJson.rounded(cost, "predicted", decision.path("saving_usd_month").asDouble(Double.NaN));
        FactJson.rounded(cost, "observed", saving);
        boolean hurts = hours > (Double.isNaN(promisedHours) ? 0 : promisedHours) + HOURS_TOLERATED;
        promised(saving, hurts);
        Verdict verdict = verdict(hurts);
        body.put("verdict", verdict.key());
        body.put("why", why(verdict, promisedHours));
        if (verdict == Verdict.HURTS) {
            body.put("proposal", "rollback");
        }
        return new Result(verdict, body, promises);
    }

    private void resources() {
        ArrayNode list = body.putArray("resources");
        for (JsonNode predicted : decision.at("/risk/resources")) {
            ObjectNode one = list.addObject();
            String key = predicted.path("resource").asText();
            one.put("resource", key);
            copy(predicted, one, "p95_utilisation", "predicted_p95_utilisation");
            copy(predicted, one, "p99_utilisation", "predicted_p99_utilisation");
            Usage usage = measured(key);
            if (usage == null) {
                continue;
            }
            double offered = now.vm().capacity().of(usage.resource());
            FactJson.rounded(one, "observed_p95_utilisation", usage.p95() / offered);
            FactJson.rounded(one, "observed_p99_utilisation", usage.p99() / offered);
            one.put("observed_from", usage.from().toString());
            one.put("observed_to", usage.to().toString());
            double used = usage.hoursMonthAbove(offered * SATURATION);
            hours = Double.isNaN(hours) ? used : Math.max(hours, used);
        }
    }

    private static void copy(JsonNode from, ObjectNode to, String field, String as) {
        if (from.has(field)) {
            to.set(as, from.get(field));
        }
    }

    /** What was measured of a resource since the move, null when that is unknown. */
    private @Nullable Usage measured(String key) {
        for (Resource resource : Resource.values()) {
            Usage usage = resource.key().equals(key) ? now.usage(resource) : null;
            if (usage != null
                    && !usage.from().isBefore(moved)
                    && now.vm().capacity().knows(resource)) {
                return usage;
            }
        }
        return null;
    }

    private void promised(double saving, boolean hurts) {
        ArrayNode list = body.putArray("promises");
        for (JsonNode benefit : decision.path("benefits")) {
            String kind = benefit.path("kind").asText();
            double amount = benefit.path("amount").asDouble(Double.NaN);
            if (Double.isNaN(amount)) {
                continue;
            }
            double seen = seen(kind, saving);
            Boolean kept = kept(kind, amount, seen, hurts);
            Promise promise = new Promise(
                    benefit.path("rule").asText("?"), kind, benefit.path("unit").asText(), amount, seen, kept);
            promises.add(promise);
            ObjectNode one = list.addObject()
                    .put("rule", promise.rule())
                    .put("kind", kind)
                    .put("unit", promise.unit());
            FactJson.rounded(one, "promised", amount);
            FactJson.rounded(one, "observed", seen);
            one.put("kept", kept);
        }
    }

    private double seen(String kind, double saving) {
        return switch (kind) {
            case "cost" -> saving;
            case "resource" ->
                order.before().capacity().vcpu() - now.vm().capacity().vcpu();
            default -> Double.NaN;
        };
    }

    /** Whether a promise came true; a saving counts as kept only where it is known that nothing is short for it. */
    private @Nullable Boolean kept(String kind, double amount, double seen, boolean hurts) {
        return switch (kind) {
            case "cost" ->
                Double.isNaN(seen) || Double.isNaN(hours)
                        ? null
                        : Boolean.valueOf(!hurts && seen >= amount - Math.abs(amount) * SHARE_TOLERATED);
            case "performance" -> Double.isNaN(hours) ? null : Boolean.valueOf(!hurts);
            default -> null;
        };
    }

    private Verdict verdict(boolean hurts) {
        if (Double.isNaN(hours)) {
            return Verdict.UNKNOWN;
        }
        if (hurts) {
            return Verdict.HURTS;
        }
        boolean broken = promises.stream().anyMatch(promise -> Boolean.FALSE.equals(promise.kept()));
        return broken ? Verdict.BROKEN : Verdict.KEPT;
    }

    private String why(Verdict verdict, double promisedHours) {
        return switch (verdict) {
            case UNKNOWN -> "nothing was measured that begins after the move";
            case HURTS ->
                "it is short of something for " + Math.round(hours) + " hours a month, and "
                        + (Double.isNaN(promisedHours) ? "nothing" : Math.round(promisedHours) + " hours")
                        + " were promised. Maybe take it back";
            case BROKEN -> "not all that was promised came true";
            case KEPT -> "what was promised came true, as far as it was measured";
        };
    }
}
