package io.regrade.pipeline.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.decision.Decision;
import io.regrade.fact.Action;
import io.regrade.fact.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the last decision on a machine says, as far as lists show it.
 *
 * @param decision the decision's id
 * @param action what to do
 * @param target the id of the target, null when there is none
 * @param why the sentence of the rule that chose
 * @param priceUsdMonthNow what the machine costs, US dollars a month; NaN when unknown
 * @param savingUsdMonth what is saved, US dollars a month; NaN when unknown
 * @param risk the projected risk, 0 to 4; NaN when nothing is to be moved to a known target
 * @param rules the ids of the rules that fired
 * @param failed whether something went wrong, so that the machine is kept
 * @param decidedAt the moment it was decided at
 */
public record LastAdvice(
        String decision,
        Action action,
        @Nullable String target,
        String why,
        double priceUsdMonthNow,
        double savingUsdMonth,
        double risk,
        List<String> rules,
        boolean failed,
        Instant decidedAt) {

    /** Copies the list. */
    public LastAdvice {
        rules = List.copyOf(rules);
    }

    static LastAdvice of(Decision decision) {
        Target target = decision.target();
        return new LastAdvice(
                decision.id(),
                decision.action(),
                target == null ? null : target.id(),
                decision.why(),
                decision.priceUsdMonthNow(),
                decision.savingUsdMonth(),
                decision.risk(),
                decision.trace().rules(),
                !decision.errors().isEmpty(),
                decision.decidedAt());
    }

    /** The same of a stored decision, as {@link io.regrade.decision.DecisionJson.Detail#SUMMARY} writes it; null when it was erased. */
    static @Nullable LastAdvice of(JsonNode decision) {
        Action action = action(decision.path("action").asText());
        if (action == null || decision.has("erased")) {
            return null;
        }
        List<String> rules = new ArrayList<>();
        decision.path("fired").forEach(rule -> rules.add(rule.asText()));
        return new LastAdvice(
                decision.path("id").asText(),
                action,
                decision.path("target").path("id").textValue(),
                decision.path("why").asText(),
                number(decision.path("price_usd_month_now")),
                number(decision.path("saving_usd_month")),
                number(decision.path("risk").path("level")),
                rules,
                !decision.path("errors").isEmpty(),
                Instant.parse(decision.path("decided_at").asText()));
    }

    private static double number(JsonNode node) {
        return node.isNumber() ? node.doubleValue() : Double.NaN;
    }

    private static @Nullable Action action(String key) {
        for (Action one : Action.values()) {
            if (one.key().equals(key)) {
                return one;
            }
        }
        return null;
    }
}
