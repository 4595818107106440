package io.regrade.decision;

import static io.regrade.decision.FactJson.put;
import static io.regrade.decision.FactJson.rounded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.fact.Benefit;
import io.regrade.fact.Configuration;
import io.regrade.fact.Instantiation;
import io.regrade.fact.Need;
import io.regrade.fact.Projection;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.ResourceProjection;
import io.regrade.fact.Target;
import java.util.List;

/** Decisions as JSON. What is unknown is left out; {@code target} and {@code configuration} are null when there is none. */
public final class DecisionJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** How much of its explanation a decision carries. */
    public enum Detail {
        /** What was decided. */
        NONE,
        /** Also needs, benefits, what ruled targets out, and the rules that fired. */
        SUMMARY,
        /** Also the trace. */
        FULL
    }

    private DecisionJson() {}

    /** A decision with as much of its explanation as asked for. */
    public static ObjectNode decision(Decision decision, Detail detail) {
        ObjectNode node = JSON.objectNode();
        node.put("id", decision.id());
        node.put("vm", decision.vm().id());
        node.put("action", decision.action().key());
        node.put("why", decision.why());
        Target target = decision.target();
        node.set("target", target == null ? JSON.nullNode() : FactJson.target(target));
        Instantiation made = decision.instantiation();
        node.set("configuration", made == null ? JSON.nullNode() : configuration(made));
        rounded(node, "price_usd_month_now", decision.priceUsdMonthNow());
        rounded(node, "saving_usd_month", decision.savingUsdMonth());
        if (decision.projection() != null) {
            node.set("risk", risk(decision.projection()));
        }
        if (detail != Detail.NONE) {
            explain(decision, node);
        }
        if (detail == Detail.FULL) {
            node.set("trace", TraceJson.trace(decision.trace()));
        }
        node.set("policy", policy(decision.policy()));
        node.put("facts", decision.factsDigest());
        node.set("errors", FactJson.strings(decision.errors()));
        node.put("decided_at", decision.decidedAt().toString());
        return node;
    }

    /** A version of a policy. */
    public static ObjectNode policy(PolicyRef policy) {
        return JSON.objectNode().put("name", policy.name()).put("digest", policy.digest());
    }

    /** A decision that was written with {@link Detail#FULL}, or without its trace, with as much as asked for. */
    public static ObjectNode reduced(ObjectNode full, Detail detail) {
        if (detail != Detail.FULL) {
            full.remove("trace");
        }
        if (detail == Detail.NONE) {
            full.remove(List.of("needs", "benefits", "considered", "excluded", "rejected", "fired"));
        }
        return full;
    }

    private static void explain(Decision decision, ObjectNode node) {
        ArrayNode needs = node.putArray("needs");
        decision.needs().forEach(need -> needs.add(need(need.what(), need.rule())));
        ArrayNode benefits = node.putArray("benefits");
        decision.benefits().forEach(benefit -> benefits.add(benefit(benefit.what(), benefit.rule())));
        node.put("considered", decision.considered());
        ArrayNode excluded = node.putArray("excluded");
        for (Excluded one : decision.excluded()) {
            ObjectNode object = excluded.addObject();
            object.put("constraint", one.constraint());
            object.put("source", one.source());
            object.put("targets", one.targets());
        }
        ArrayNode rejected = node.putArray("rejected");
        for (Rejection one : decision.rejected()) {
            ObjectNode object = rejected.addObject();
            object.put("target", one.target().id());
            put(object, "rule", one.rule().isEmpty() ? null : one.rule());
            put(object, "constraint", one.constraint().isEmpty() ? null : one.constraint());
            object.put("why", one.why());
            rounded(object, "short", one.shortBy());
            put(object, "unit", one.unit().isEmpty() ? null : one.unit());
        }
        node.set("fired", FactJson.strings(decision.trace().rules()));
    }

    /** A need and the rule that states it; the empty text for none. */
    public static ObjectNode need(Need need, String rule) {
        ObjectNode node = JSON.objectNode();
        node.put("resource", need.attribute().key());
        node.put("direction", need.direction() == Need.Direction.UPGRADE ? "upgrade" : "downgrade");
        node.put("obligation", need.obligation());
        Resource resource = need.attribute().resource();
        if (resource == null) {
            node.put("from", need.from());
            node.put("to", need.to());
        } else {
            rounded(node, "from", need.fromAmount());
            rounded(node, "to", need.toAmount());
            node.put("unit", resource.unit());
        }
        put(node, "rule", rule.isEmpty() ? null : rule);
        node.put("why", need.why());
        return node;
    }

    static ObjectNode benefit(Benefit benefit, String rule) {
        ObjectNode node = JSON.objectNode();
        node.put("kind", benefit.kind().name().toLowerCase(java.util.Locale.ROOT));
        rounded(node, "amount", benefit.amount());
        node.put("unit", benefit.unit());
        rounded(node, "worth_usd_month", benefit.worthUsdMonth());
        put(node, "rule", rule.isEmpty() ? null : rule);
        return node;
    }

    static ObjectNode configuration(Instantiation made) {
        ObjectNode node = configuration(made.configuration());
        put(node, "price_usd_hour", made.priceUsdHour());
        rounded(node, "saving_usd_month", made.savingUsdMonth());
        return node;
    }

    private static ObjectNode configuration(Configuration configuration) {
        ObjectNode node = JSON.objectNode();
        for (Resource resource : Resource.values()) {
            put(node, resource.key(), configuration.minimum().of(resource));
        }
        node.set(
                "requires",
                FactJson.strings(configuration.qualities().stream()
                        .map(Requirement::text)
                        .toList()));
        return node;
    }

    /** The risk of a projection and what is expected of each resource. */
    static ObjectNode risk(Projection projection) {
        ObjectNode node = JSON.objectNode();
        rounded(node, "level", projection.risk());
        put(
                node,
                "resource",
                projection.riskResource() == null
                        ? null
                        : projection.riskResource().key());
        rounded(node, "saturated_hours_month", projection.saturatedHoursMonth());
        rounded(node, "saved_hours_month", projection.savedHoursMonth());
        rounded(node, "price_usd_month", projection.priceUsdMonth());
        rounded(node, "consumption_usd_month", projection.consumptionUsdMonth());
        ArrayNode resources = node.putArray("resources");
        for (ResourceProjection one : projection.resources()) {
            ObjectNode object = resources.addObject();
            object.put("resource", one.resource().key());
            rounded(object, "offered", one.offered());
            rounded(object, "p95_utilisation", one.p95());
            rounded(object, "p99_utilisation", one.p99());
            rounded(object, "saturated_hours_month", one.saturatedHoursMonth());
            rounded(object, "risk", one.risk());
        }
        return node;
    }
}
