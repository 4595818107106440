package io.regrade.policytest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.fact.CounterOffer;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a case says was wanted instead of an offer. */
final class CounterOfferReader {

    private final TestProblems problems;

    CounterOfferReader(TestProblems problems) {
        this.problems = problems;
    }

    /** It, or null after something about it was reported. */
    @Nullable
    CounterOffer read(ObjectNode fields) {
        problems.checkNames(fields, Vocabulary.COUNTER_OFFER, "`counter_offer`");
        Instant until = moment(fields, "until", problems.required(fields, "until", "`counter_offer`"));
        JsonNode price = fields.path("max_price_usd_month");
        String notBefore = fields.path("not_before").textValue();
        Instant earliest = notBefore == null ? null : moment(fields, "not_before", notBefore);
        return until == null
                ? null
                : new CounterOffer(
                        texts(fields, "families"),
                        price.isNumber() ? price.doubleValue() : Double.NaN,
                        texts(fields, "windows"),
                        earliest,
                        until,
                        fields.path("by").asText("somebody"));
    }

    private Set<String> texts(ObjectNode fields, String name) {
        Set<String> texts = new HashSet<>();
        problems.list(fields, name).forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private @Nullable Instant moment(ObjectNode fields, String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            problems.add(
                    "bad-test",
                    problems.lines.of(fields, name),
                    "`" + name + "` is `" + text + "`, which is not a moment. Maybe `2026-06-02T00:00:00Z`");
            return null;
        }
    }
}
