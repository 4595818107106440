package io.regrade.policytest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.fact.Pricing;
import java.util.List;
import java.util.Locale;

/** Reads a {@code pricing} of a test file; its fields are those of {@code pricing.yaml}. */
final class PricingReader {

    private PricingReader() {}

    static Pricing read(ObjectNode fields, TestProblems problems) {
        problems.checkNames(fields, Vocabulary.PRICING, "`pricing`");
        String model = fields.path("model").asText("hourly");
        problems.checkWord(
                "bad-test",
                problems.lines.of(fields, "model"),
                "a business model",
                model,
                List.of("hourly", "consumption"));
        return new Pricing(
                model.toUpperCase(Locale.ROOT).equals(Pricing.Model.CONSUMPTION.name())
                        ? Pricing.Model.CONSUMPTION
                        : Pricing.Model.HOURLY,
                rate(fields, "usd_per_vcpu_hour", problems),
                rate(fields, "usd_per_gib_hour", problems),
                rate(fields, "usd_per_storage_gib_hour", problems),
                rate(fields, "usd_per_gib_transferred", problems));
    }

    private static double rate(ObjectNode fields, String name, TestProblems problems) {
        JsonNode rate = fields.path(name);
        if (rate.isMissingNode() || rate.isNull()) {
            return Double.NaN;
        }
        if (!rate.isNumber() || rate.doubleValue() < 0) {
            problems.add(
                    "bad-test",
                    problems.lines.of(fields, name),
                    "`" + name + "` is `" + rate.asText() + "`, which is not an amount of zero or more");
            return Double.NaN;
        }
        return rate.doubleValue();
    }
}
