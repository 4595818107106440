package io.regrade.pipeline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.Decision.Attributed;
import io.regrade.decision.FactJson;
import io.regrade.engine.Examination;
import io.regrade.engine.Examination.Outlook;
import io.regrade.fact.Benefit;
import io.regrade.pipeline.WhyNot.Reason;
import io.regrade.policy.RuleSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a target was not chosen, as JSON. What is unknown is left out. */
public final class WhyNotJson {

    private WhyNotJson() {}

    /** Writes the answer. */
    public static ObjectNode write(WhyNot answer) {
        Examination examined = answer.examination();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        answer.remade().describe(node);
        node.set("target", FactJson.target(examined.target()));
        node.put("result", answer.result().key());
        node.put("why", answer.why());
        node.put("current", examined.current());
        ArrayNode reasons = node.putArray("ruled_out_by");
        answer.reasons().forEach(reason -> reasons.add(reason(reason)));
        node.put("considered", examined.decision().considered());
        if (examined.outlook() != null) {
            node.set("comparison", comparison(examined.outlook(), examined.chosen(), examined.candidates()));
        }
        return node;
    }

    private static ObjectNode reason(Reason reason) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", reason.kind().name().toLowerCase(Locale.ROOT));
        text(node, "constraint", reason.constraint());
        node.put("why", reason.why());
        number(node, "short", reason.shortBy());
        text(node, "unit", reason.unit());
        RuleSource rule = reason.rule();
        if (rule != null) {
            node.set("rule", rule(rule));
        }
        text(node, "source", reason.source());
        return node;
    }

    /** A rule with what its author says of it. */
    static ObjectNode rule(RuleSource rule) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", rule.id());
        node.put("name", rule.name());
        text(node, "why", rule.why());
        text(node, "owner", rule.owner());
        return node;
    }

    private static ObjectNode comparison(Outlook outlook, @Nullable Outlook chosen, int candidates) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("rank", outlook.rank() + 1);
        node.put("candidates", candidates);
        number(node, "net_usd_month", outlook.netUsdMonth());
        number(node, "saving_usd_month", outlook.projection().savingUsdMonth());
        number(node, "risk", outlook.projection().risk());
        if (chosen != null) {
            number(node, "chosen_net_usd_month", chosen.netUsdMonth());
            number(node, "chosen_saving_usd_month", chosen.projection().savingUsdMonth());
            number(node, "chosen_risk", chosen.projection().risk());
            number(node, "behind_usd_month", chosen.netUsdMonth() - outlook.netUsdMonth());
        }
        ArrayNode benefits = node.putArray("benefits");
        pairs(outlook.benefits(), chosen == null ? List.of() : chosen.benefits())
                .forEach((key, pair) -> benefits.add(benefit(key, pair, chosen != null)));
        return node;
    }

    private record Key(Benefit.Kind kind, String unit, String rule) {}

    private static final class Pair {
        private @Nullable Benefit own;
        private @Nullable Benefit chosen;
    }

    /** What a rule says of both targets side by side; a rule that says several things of one is told by the last. */
    private static Map<Key, Pair> pairs(List<Attributed<Benefit>> own, List<Attributed<Benefit>> chosen) {
        Map<Key, Pair> pairs = new LinkedHashMap<>();
        own.forEach(one -> pair(pairs, one).own = one.what());
        chosen.forEach(one -> pair(pairs, one).chosen = one.what());
        return pairs;
    }

    private static Pair pair(Map<Key, Pair> pairs, Attributed<Benefit> one) {
        Key key = new Key(one.what().kind(), one.what().unit(), one.rule());
        return pairs.computeIfAbsent(key, none -> new Pair());
    }

    private static ObjectNode benefit(Key key, Pair pair, boolean compared) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("kind", key.kind.name().toLowerCase(Locale.ROOT));
        node.put("unit", key.unit);
        text(node, "rule", key.rule);
        number(node, "amount", pair.own == null ? Double.NaN : pair.own.amount());
        number(node, "worth_usd_month", pair.own == null ? Double.NaN : pair.own.worthUsdMonth());
        if (compared) {
            number(node, "chosen_amount", pair.chosen == null ? Double.NaN : pair.chosen.amount());
            number(node, "chosen_worth_usd_month", pair.chosen == null ? Double.NaN : pair.chosen.worthUsdMonth());
        }
        return node;
    }

    private static void text(ObjectNode node, String field, String text) {
        if (!text.isEmpty()) {
            node.put(field, text);
        }
    }

    /** With seven digits, like everything that was worked out; nothing for what is unknown or has no bound. */
    private static void number(ObjectNode node, String field, double number) {
        FactJson.rounded(node, field, number);
    }
}
