package io.regrade.pipeline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.FactJson;
import io.regrade.pipeline.Counterfactual.Dropped;
import io.regrade.pipeline.Counterfactual.Gap;
import io.regrade.pipeline.Counterfactual.Numeric;
import io.regrade.pipeline.Counterfactual.Outcome;
import io.regrade.pipeline.Counterfactuals.Unturned;

/** Counterfactuals as JSON; numbers with seven digits, which is what was evaluated. */
public final class CounterfactualsJson {

    private CounterfactualsJson() {}

    /** Writes the answer. */
    public static ObjectNode write(Counterfactuals answer) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        answer.remade().describe(node);
        ArrayNode turns = node.putArray("counterfactuals");
        answer.turns().forEach(one -> turns.add(turn(one)));
        node.put("counterfactuals_in_all", answer.turnsInAll());
        ArrayNode unturned = node.putArray("unturned");
        answer.unturned().forEach(one -> unturned.add(unturned(one)));
        ArrayNode unvaried = node.putArray("unvaried");
        answer.unvaried()
                .forEach(one -> unvaried.addObject().put("fact", one.fact()).put("why", one.why()));
        node.put("evaluations", answer.evaluations());
        node.put("most_evaluations", FindCounterfactuals.MOST_EVALUATIONS);
        node.put("tolerance", TurnSearch.TOLERANCE);
        node.put("complete", answer.complete());
        return node;
    }

    private static ObjectNode turn(Counterfactual one) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("sentence", one.sentence());
        node.put("fact", one.fact());
        node.put("field", one.field());
        if (!one.unit().isEmpty()) {
            node.put("unit", one.unit());
        }
        if (one.change() instanceof Numeric numeric) {
            number(node, "from", numeric.from());
            number(node, "to", numeric.to());
            number(node, "unchanged_at", numeric.unchangedAt());
            number(node, "factor", numeric.factor());
            number(node, "relative_change", numeric.relative());
            number(node, "capacity", numeric.capacity());
            if (numeric.gap() != null) {
                node.set("price_gap", gap(numeric.gap()));
            }
        } else if (one.change() instanceof Dropped dropped) {
            node.put("from", dropped.from());
            node.putNull("to");
        }
        node.set("before", outcome(one.before()));
        node.set("after", outcome(one.after()));
        ObjectNode rules = node.putObject("rules");
        ArrayNode ceased = rules.putArray("no_longer_fired");
        one.ceased().forEach(ceased::add);
        ArrayNode begun = rules.putArray("newly_fired");
        one.begun().forEach(begun::add);
        return node;
    }

    private static ObjectNode gap(Gap gap) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("target", gap.target());
        number(node, "from_usd_month", gap.from());
        number(node, "to_usd_month", gap.to());
        number(node, "unchanged_at_usd_month", gap.unchangedAt());
        return node;
    }

    private static ObjectNode outcome(Outcome outcome) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("action", outcome.action().key())
                .put("target", outcome.target());
    }

    private static ObjectNode unturned(Unturned one) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("fact", one.fact());
        node.put("field", one.field());
        if (!one.unit().isEmpty()) {
            node.put("unit", one.unit());
        }
        if (one.from().isEmpty()) {
            number(node, "from", one.number());
            number(node, "least", one.least());
            number(node, "greatest", one.greatest());
        } else {
            node.put("from", one.from());
            node.putNull("to");
        }
        return node;
    }

    private static void number(ObjectNode node, String field, double number) {
        FactJson.rounded(node, field, number);
    }
}
