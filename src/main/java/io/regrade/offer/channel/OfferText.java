package io.regrade.offer.channel;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What a mail says of an offer. Immutable. */
final class OfferText {

    private static final int MOST_ITEMS = 20;

    private final JsonNode offer;
    private final String what;

    OfferText(JsonNode offer, String type) {
        this.offer = offer;
        this.what = type.substring(type.lastIndexOf('.') + 1);
    }

    /** One line, without breaks. */
    String subject() {
        int machines = offer.path("items").size();
        String of = machines == 1 ? offer.at("/items/0/vm").asText() : machines + " machines";
        return ("Offer for " + of + ": " + what).replaceAll("\\p{Cntrl}", " ");
    }

    /** The whole; {@code link} is where it can be answered, null for nowhere. */
    String body(@Nullable String link) {
        StringBuilder text = new StringBuilder();
        text.append("Offer ").append(offer.path("id").asText()).append(" is ").append(what);
        if (offer.has("by")) {
            text.append(" by ").append(offer.path("by").asText());
        }
        text.append(".\n\n");
        int told = 0;
        for (JsonNode item : offer.path("items")) {
            if (told++ < MOST_ITEMS) {
                item(item, text);
            }
        }
        if (told > MOST_ITEMS) {
            text.append("… and ").append(told - MOST_ITEMS).append(" more\n");
        }
        terms("Conditions", offer.path("conditions"), text);
        terms("Wanted instead", offer.path("counter"), text);
        if (offer.has("reason")) {
            text.append("\nReason: ").append(offer.path("reason").asText()).append('\n');
        }
        if (link != null) {
            text.append("\nValid until ").append(offer.path("valid_until").asText());
            text.append(", its price until ")
                    .append(offer.path("price_valid_until").asText());
            text.append(".\nAnswer here; whoever has this link can:\n")
                    .append(link)
                    .append('\n');
        }
        return text.toString();
    }

    private static void item(JsonNode item, StringBuilder text) {
        text.append("- ")
                .append(item.path("vm").asText())
                .append(": ")
                .append(item.path("action").asText());
        if (item.has("target")) {
            text.append(" to ").append(item.path("target").asText());
        }
        if (item.has("price_usd_month")) {
            text.append(", $").append(item.path("price_usd_month").asText()).append(" a month");
        }
        if (item.has("saving_usd_month")) {
            text.append(", saves $").append(item.path("saving_usd_month").asText());
        }
        if (item.has("why")) {
            text.append(" (").append(item.path("why").asText()).append(')');
        }
        text.append('\n');
    }

    private static void terms(String title, JsonNode terms, StringBuilder text) {
        if (!terms.isEmpty()) {
            text.append('\n').append(title).append(":\n");
            terms.properties()
                    .forEach(term -> text.append("- ")
                            .append(term.getKey())
                            .append(": ")
                            .append(
                                    term.getValue().isTextual()
                                            ? term.getValue().asText()
                                            : term.getValue())
                            .append('\n'));
        }
    }
}
