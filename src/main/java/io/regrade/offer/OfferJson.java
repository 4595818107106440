package io.regrade.offer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.fact.Action;
import io.regrade.offer.Offer.Content;
import io.regrade.offer.Offer.Counter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Offers as JSON. What is unknown or says nothing is left out. What reads takes what this wrote, and throws {@link
 * IllegalArgumentException} for anything else. Stateless, thread-safe.
 */
public final class OfferJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private OfferJson() {}

    /** An offer without its history. */
    public static ObjectNode offer(Offer offer) {
        ObjectNode node = JSON.objectNode();
        node.put("id", offer.id());
        node.put("state", offer.state().key());
        put(node, "plan", offer.plan());
        ArrayNode items = node.putArray("items");
        offer.items().forEach(item -> items.add(item(item)));
        node.setAll(content(offer.content()));
        node.put("created_at", offer.createdAt().toString());
        node.put("created_by", offer.createdBy());
        put(node, "predecessor", offer.predecessor());
        put(node, "successor", offer.successor());
        put(node, "by", offer.by());
        put(node, "reason", offer.reason());
        if (offer.counter() != null) {
            node.set("counter", counter(offer.counter()));
        }
        return node;
    }

    /** To whom and under what terms. */
    public static ObjectNode content(Content content) {
        ObjectNode node = JSON.objectNode();
        ArrayNode to = node.putArray("to");
        for (Recipient one : content.to()) {
            ObjectNode recipient = to.addObject().put("name", one.name());
            put(recipient, "cloud", one.cloud());
            put(recipient, "email", one.email());
            put(recipient, "webhook", one.webhook());
        }
        node.set("conditions", terms(content.conditions()));
        ArrayNode agreements = node.putArray("sla");
        content.agreements().forEach(one -> agreements.add(agreement(one)));
        node.put("valid_until", content.validUntil().toString());
        node.put("price_valid_until", content.priceValidUntil().toString());
        return node;
    }

    /** The inverse of {@link #content}. */
    public static Content content(JsonNode node) {
        List<Recipient> to = new ArrayList<>();
        node.path("to")
                .forEach(one -> to.add(new Recipient(
                        required(one, "name"), text(one, "cloud"), text(one, "email"), text(one, "webhook"))));
        List<Agreement> agreements = new ArrayList<>();
        node.path("sla").forEach(one -> agreements.add(agreement(one)));
        return new Content(
                to,
                terms(node.path("conditions")),
                agreements,
                Instant.parse(required(node, "valid_until")),
                Instant.parse(required(node, "price_valid_until")));
    }

    /** What is offered for one machine. */
    public static ObjectNode item(Item item) {
        ObjectNode node = JSON.objectNode().put("vm", item.vm());
        put(node, "recommendation", item.recommendation());
        node.put("decision", item.decision());
        node.put("action", item.action().key());
        put(node, "target", item.target());
        put(node, "cloud", item.cloud());
        put(node, "region", item.region());
        put(node, "family", item.family());
        put(node, "owner", item.owner());
        put(node, "price_usd_month", item.priceUsdMonth());
        put(node, "saving_usd_month", item.savingUsdMonth());
        put(node, "saturated_hours_month", item.saturatedHoursMonth());
        put(node, "why", item.why());
        return node;
    }

    /** The inverse of {@link #item(Item)}. */
    public static Item item(JsonNode node) {
        return new Item(
                required(node, "vm"),
                text(node, "recommendation"),
                required(node, "decision"),
                action(required(node, "action")),
                text(node, "target"),
                text(node, "cloud"),
                text(node, "region"),
                text(node, "family"),
                text(node, "owner"),
                number(node, "price_usd_month"),
                number(node, "saving_usd_month"),
                number(node, "saturated_hours_month"),
                text(node, "why"));
    }

    /** What an action's key stands for. */
    static Action action(String key) {
        for (Action action : Action.values()) {
            if (action.key().equals(key)) {
                return action;
            }
        }
        throw new IllegalArgumentException("`" + key + "` is no action");
    }

    /** Terms. */
    public static ObjectNode terms(Terms terms) {
        ObjectNode node = JSON.objectNode();
        put(node, "windows", terms.windows());
        put(node, "families", terms.families());
        put(node, "max_price_usd_month", terms.maxPriceUsdMonth());
        if (terms.notBefore() != null) {
            node.put("not_before", terms.notBefore().toString());
        }
        return node;
    }

    /** The inverse of {@link #terms(Terms)}. */
    public static Terms terms(JsonNode node) {
        String notBefore = text(node, "not_before");
        return new Terms(
                texts(node, "windows"),
                texts(node, "families"),
                number(node, "max_price_usd_month"),
                notBefore == null ? null : Instant.parse(notBefore));
    }

    /** What is wanted instead. */
    public static ObjectNode counter(Counter counter) {
        return terms(counter.terms()).put("until", counter.until().toString());
    }

    private static ObjectNode agreement(Agreement agreement) {
        ObjectNode node = JSON.objectNode();
        put(node, "provider", agreement.provider());
        put(node, "vendor", agreement.vendor());
        put(node, "user", agreement.user());
        put(node, "max_price_usd_month", agreement.maxPriceUsdMonth());
        put(node, "max_saturated_hours_month", agreement.maxSaturatedHoursMonth());
        put(node, "min_availability", agreement.minAvailability());
        put(node, "allowed_clouds", agreement.allowedClouds());
        put(node, "allowed_regions", agreement.allowedRegions());
        put(node, "allowed_families", agreement.allowedFamilies());
        return node;
    }

    /** An agreement. */
    public static Agreement agreement(JsonNode node) {
        return new Agreement(
                text(node, "provider"),
                text(node, "vendor"),
                text(node, "user"),
                number(node, "max_price_usd_month"),
                number(node, "max_saturated_hours_month"),
                number(node, "min_availability"),
                texts(node, "allowed_clouds"),
                texts(node, "allowed_regions"),
                texts(node, "allowed_families"));
    }

    private static void put(ObjectNode node, String field, @Nullable String value) {
        if (value != null) {
            node.put(field, value);
        }
    }

    private static void put(ObjectNode node, String field, double value) {
        if (!Double.isNaN(value)) {
            node.put(field, value);
        }
    }

    private static void put(ObjectNode node, String field, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode list = node.putArray(field);
            values.forEach(list::add);
        }
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.path(field).textValue();
    }

    private static String required(JsonNode node, String field) {
        String text = text(node, field);
        if (text == null) {
            throw new IllegalArgumentException("`" + field + "` is missing");
        }
        return text;
    }

    private static double number(JsonNode node, String field) {
        return node.path(field).isNumber() ? node.path(field).doubleValue() : Double.NaN;
    }

    private static List<String> texts(JsonNode node, String field) {
        List<String> texts = new ArrayList<>();
        node.path(field).forEach(one -> texts.add(one.textValue()));
        return texts;
    }
}
