package io.regrade.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.fact.Window;
import io.regrade.offer.Agreement;
import io.regrade.offer.Offer.Counter;
import io.regrade.offer.OfferJson;
import io.regrade.offer.Recipient;
import io.regrade.offer.Terms;
import io.regrade.pipeline.offering.OfferRequest;
import io.regrade.web.contract.Finding;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what is said in the bodies of requests about offers, beyond what the contract checks. */
final class OfferBodies {

    /** What RFC 3339 can write, and the database can keep. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");
    /** For how long rules know of a counter when it does not say. */
    private static final Duration COUNTS = Duration.ofDays(365);

    private final Clock clock;

    OfferBodies(Clock clock) {
        this.clock = clock;
    }

    OfferRequest request(JsonNode body) {
        List<Finding> findings = new ArrayList<>();
        if (body.has("recommendation") == body.has("plan")) {
            findings.add(
                    Finding.pointer("", "either `recommendation` or `plan` is needed. Maybe `\"recommendation\": ID`"));
        } else if (body.has("recommendation")) {
            for (String field : List.of("owner", "cloud")) {
                if (body.has(field)) {
                    findings.add(
                            Finding.pointer("/" + field, "`" + field + "` chooses a plan's share. Maybe leave it out"));
                }
            }
        }
        List<Recipient> to = new ArrayList<>();
        for (JsonNode one : body.path("to")) {
            to.add(new Recipient(
                    one.path("name").asText(),
                    one.path("cloud").textValue(),
                    one.path("email").textValue(),
                    one.path("webhook").textValue()));
        }
        List<Agreement> agreements = new ArrayList<>();
        body.path("sla").forEach(one -> agreements.add(agreement(one, agreements.size(), findings)));
        Terms conditions = terms(body.path("conditions"), "/conditions", findings);
        Instant valid = moment(body, "valid_until", "", true, findings);
        Instant price = moment(body, "price_valid_until", "", true, findings);
        told(findings);
        return new OfferRequest(
                body.path("recommendation").textValue(),
                body.path("plan").textValue(),
                body.path("owner").textValue(),
                body.path("cloud").textValue(),
                to,
                conditions,
                agreements,
                valid,
                price);
    }

    Counter counter(JsonNode body) {
        List<Finding> findings = new ArrayList<>();
        Terms terms = terms(body, "", findings);
        if (terms.isNothing() && findings.isEmpty()) {
            findings.add(Finding.pointer(
                    "",
                    "it says nothing that is wanted instead. Maybe `windows`, `families`, `max_price_usd_month` or"
                            + " `not_before`"));
        }
        Instant until = moment(body, "until", "", true, findings);
        told(findings);
        return new Counter(terms, until == null ? clock.instant().plus(COUNTS).truncatedTo(ChronoUnit.MILLIS) : until);
    }

    private static Agreement agreement(JsonNode one, int place, List<Finding> findings) {
        Agreement agreement = OfferJson.agreement(one);
        int sides = (agreement.provider() == null ? 0 : 1)
                + (agreement.vendor() == null ? 0 : 1)
                + (agreement.user() == null ? 0 : 1);
        if (sides < 2) {
            findings.add(Finding.pointer(
                    "/sla/" + place, "an agreement has two sides at least. Maybe `provider`, `vendor` or `user`"));
        }
        return agreement;
    }

    private Terms terms(JsonNode node, String pointer, List<Finding> findings) {
        int place = 0;
        for (JsonNode window : node.path("windows")) {
            if (window.isTextual() && Window.parse(window.textValue()).isEmpty()) {
                findings.add(Finding.pointer(
                        pointer + "/windows/" + place,
                        "`" + window.textValue() + "` is no window, UTC. Maybe `sat`, or `mon-fri 22:00-04:00`"));
            }
            place++;
        }
        Instant notBefore = moment(node, "not_before", pointer, false, findings);
        Terms read = OfferJson.terms(node.isObject() ? without(node) : node);
        return new Terms(read.windows(), read.families(), read.maxPriceUsdMonth(), notBefore);
    }

    private static JsonNode without(JsonNode node) {
        return ((com.fasterxml.jackson.databind.node.ObjectNode) node.deepCopy()).without("not_before");
    }

    private @Nullable Instant moment(
            JsonNode node, String field, String pointer, boolean toCome, List<Finding> findings) {
        String text = node.path(field).textValue();
        if (text == null) {
            return null;
        }
        String place = pointer + "/" + field;
        Instant moment;
        try {
            moment = Moment.read(text, message -> Finding.pointer(place, message))
                    .truncatedTo(ChronoUnit.MILLIS);
        } catch (HttpProblem e) {
            findings.addAll(e.findings());
            return null;
        }
        if (moment.isAfter(LAST)) {
            findings.add(Finding.pointer(place, "`" + text + "` is after the year 9999"));
        } else if (toCome && !moment.isAfter(clock.instant())) {
            findings.add(Finding.pointer(place, "`" + text + "` has passed. Maybe a moment to come"));
        }
        return moment;
    }

    private static void told(List<Finding> findings) {
        if (!findings.isEmpty()) {
            throw HttpProblem.invalid(findings);
        }
    }
}
