package io.regrade.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.CanonicalJson;
import io.regrade.decision.Decision;
import io.regrade.decision.DecisionJson;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.fact.Action;
import io.regrade.fact.Need;
import io.regrade.fact.Target;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a decision advises, in the form that recommendations are made of.
 *
 * <p>Two decisions give the same advice when they say the same action, the same target or the same configuration of the
 * machine to be made, and the same things that must change (the obligations). Prices, savings, risk, the words of the
 * reason and the policy's version may differ: they are those of the last decision, and no new advice.
 *
 * @param action what is advised: to reclassify, to instantiate, or to keep, which closes what is open
 * @param target the id of the advised target, null when there is none
 * @param outcome digest of what makes it the same advice; empty for keep
 * @param body what a recommendation shows of it, as JSON; empty for keep
 */
public record Advice(Action action, @Nullable String target, byte[] outcome, String body) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> PRICES = Set.of("price_usd_hour", "saving_usd_month");
    private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.CEILING);
    private static final byte[] NOTHING = new byte[0];

    /**
     * What a decision advises; empty when it is no advice: it was a question about other targets, too little was known, or
     * the evaluation failed. None of these says anything of what was advised before.
     */
    public static Optional<Advice> of(DecisionRecord record) {
        Decision decision = record.decision();
        if (!record.advice() || !decision.errors().isEmpty()) {
            return Optional.empty();
        }
        return switch (decision.action()) {
            case INSUFFICIENT_DATA -> Optional.empty();
            case KEEP -> Optional.of(new Advice(Action.KEEP, null, NOTHING, ""));
            case RECLASSIFY, INSTANTIATE -> Optional.of(given(decision));
        };
    }

    private static Advice given(Decision decision) {
        ObjectNode whole = DecisionJson.decision(decision, Detail.NONE);
        Target target = decision.target();
        ObjectNode outcome = JSON.objectNode();
        outcome.put("action", decision.action().key());
        outcome.put("target", target == null ? null : target.id());
        outcome.set("configuration", coarse(whole.path("configuration")));
        TreeSet<String> obligations = new TreeSet<>();
        for (Decision.Attributed<Need> need : decision.needs()) {
            if (need.what().obligation()) {
                // How much is needed differs a little from day to day; what a system is to become does not.
                boolean amount = need.what().attribute().resource() != null;
                obligations.add(need.what().attribute().key()
                        + (amount ? "" : " " + need.what().to()));
            }
        }
        obligations.forEach(outcome.withArray("obligations")::add);
        ObjectNode body = JSON.objectNode();
        for (String field : new String[] {"why", "target", "configuration", "price_usd_month_now", "policy"}) {
            JsonNode value = whole.get(field);
            if (value != null) {
                body.set(field, value);
            }
        }
        JsonNode risk = whole.path("risk").get("level");
        if (risk != null) {
            body.set("risk_level", risk);
        }
        return new Advice(
                decision.action(),
                target == null ? null : target.id(),
                CanonicalJson.sha256().digest(CanonicalJson.bytes(outcome)),
                body.toString());
    }

    /** What is to be made, whatever it costs at the time, with amounts rounded up to two digits. */
    private static JsonNode coarse(JsonNode configuration) {
        if (!(configuration instanceof ObjectNode made)) {
            return JSON.nullNode();
        }
        ObjectNode plain = JSON.objectNode();
        made.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (!PRICES.contains(entry.getKey())) {
                plain.set(
                        entry.getKey(),
                        value.isNumber()
                                ? JSON.textNode(
                                        value.decimalValue().round(TWO_DIGITS).toPlainString())
                                : value);
            }
        });
        return plain;
    }
}
