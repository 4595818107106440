package io.regrade.pipeline.impact;

import static io.regrade.decision.FactJson.rounded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.DecisionJson;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.decision.PolicyRef;
import io.regrade.decision.Story;
import io.regrade.fact.Action;
import io.regrade.fact.Need;
import io.regrade.pipeline.impact.Impact.Affected;
import io.regrade.pipeline.impact.Impact.Part;
import io.regrade.pipeline.impact.Impact.RuleEffect;
import io.regrade.pipeline.impact.Impact.Side;
import io.regrade.pipeline.impact.Impact.Transition;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An impact as JSON: the schema {@code Impact} of the HTTP interface. What is unknown is left out. */
public final class ImpactJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Groups and owners that are written: those with most changes. */
    private static final int PARTS = 200;

    private ImpactJson() {}

    /** The whole impact, with both explanations of each machine that is told. */
    public static ObjectNode of(Impact impact) {
        ObjectNode node = JSON.objectNode();
        policy(node.putObject("active"), impact.active());
        policy(node.putObject("draft"), impact.draft());
        if (impact.from() != null && impact.until() != null) {
            node.put("from", impact.from().toString());
            node.put("until", impact.until().toString());
        }
        node.put("machines", impact.machines());
        node.put("changed", impact.changed());
        rounded(node, "changed_share", impact.changedShare());
        ObjectNode changes = node.putObject("changes");
        for (Change change : Change.values()) {
            changes.put(change.key(), impact.changes().getOrDefault(change, 0L));
        }
        ArrayNode matrix = node.putArray("matrix");
        impact.matrix().forEach(transition -> matrix.add(transition(transition)));
        node.set("before", side(impact.before()));
        node.set("after", side(impact.after()));
        ObjectNode difference = node.putObject("difference");
        rounded(difference, "saving_usd_month", impact.savingDifferenceUsdMonth());
        difference.put("comparable_savings", impact.comparableSavings());
        difference.put("raised_risk", impact.raisedRisk());
        difference.put("lowered_risk", impact.loweredRisk());
        ArrayNode rules = node.putArray("rules");
        impact.rules().forEach(rule -> rules.add(rule(rule)));
        parts(node, "groups", "group", impact.groups());
        parts(node, "owners", "owner", impact.owners());
        UnaryOperator<String> names = names(impact);
        ArrayNode most = node.putArray("most_affected");
        impact.most().forEach(one -> most.add(affected(one, names)));
        ObjectNode unusable = node.putObject("unusable");
        impact.unusable().forEach(unusable::put);
        return node;
    }

    /** Gives the sentence that names a rule of either policy. */
    public static UnaryOperator<String> names(Impact impact) {
        return id -> impact.rules().stream()
                .filter(rule -> rule.rule().equals(id))
                .map(RuleEffect::name)
                .findFirst()
                .orElse(id);
    }

    private static void policy(ObjectNode node, PolicyRef policy) {
        node.put("name", policy.name()).put("digest", policy.digest());
    }

    private static ObjectNode transition(Transition transition) {
        ObjectNode node = JSON.objectNode();
        node.put("from", transition.from().key());
        node.put("to", transition.to().key());
        node.put("machines", transition.machines());
        node.put("changed", transition.changed());
        rounded(node, "saving_difference_usd_month", transition.savingDifferenceUsdMonth());
        return node;
    }

    private static ObjectNode side(Side side) {
        ObjectNode node = JSON.objectNode();
        ObjectNode actions = node.putObject("actions");
        for (Action action : Action.values()) {
            actions.put(action.key(), side.actions().getOrDefault(action, 0L));
        }
        rounded(node, "price_usd_month_now", side.priceUsdMonthNow());
        node.put("unpriced", side.unpriced());
        rounded(node, "saving_usd_month", side.savingUsdMonth());
        node.put("unknown_savings", side.unknownSavings());
        ObjectNode risk = node.putObject("risk");
        risk.put("none", side.risk().none());
        risk.put("low", side.risk().low());
        risk.put("medium", side.risk().medium());
        risk.put("high", side.risk().high());
        risk.put("unknown", side.risk().unknown());
        rounded(risk, "mean", side.risk().mean());
        rounded(risk, "highest", side.risk().highest());
        rounded(node, "saturated_hours_month", side.saturatedHoursMonth());
        rounded(node, "saved_hours_month", side.savedHoursMonth());
        node.put("errors", side.errors());
        return node;
    }

    private static ObjectNode rule(RuleEffect rule) {
        ObjectNode node = JSON.objectNode();
        node.put("rule", rule.rule());
        node.put("name", rule.name());
        node.put("owner", rule.owner());
        node.put("in", rule.in().name().toLowerCase(Locale.ROOT));
        node.put("active", rule.active());
        node.put("draft", rule.draft());
        node.put("newly", rule.newly());
        node.put("no_longer", rule.noLonger());
        node.put("decides_active", rule.decidesActive());
        node.put("decides_draft", rule.decidesDraft());
        node.put("decides_newly", rule.decidesNewly());
        node.put("decides_no_longer", rule.decidesNoLonger());
        return node;
    }

    private static void parts(ObjectNode node, String field, String name, List<Part> parts) {
        ArrayNode array = node.putArray(field);
        for (Part part : parts.subList(0, Math.min(parts.size(), PARTS))) {
            ObjectNode object = array.addObject();
            object.put(name, part.name());
            object.put("machines", part.machines());
            object.put("changed", part.changed());
            rounded(object, "saving_usd_month_before", part.savingActiveUsdMonth());
            rounded(object, "saving_usd_month_after", part.savingDraftUsdMonth());
            object.put("unknown_savings", part.unknownSavings());
            object.put("raised_risk", part.raisedRisk());
        }
        node.put(field + "_in_all", parts.size());
    }

    private static ObjectNode affected(Affected affected, UnaryOperator<String> names) {
        Comparison one = affected.comparison();
        ObjectNode node = JSON.objectNode();
        node.put("vm", one.active().vm().id());
        if (one.past() != null) {
            node.put("decision", one.past());
        }
        put(node, "group", one.active().vm().group());
        put(node, "owner", one.active().vm().owner());
        node.put("change", one.change().key());
        ArrayNode by = node.putArray("by");
        affected.by().forEach(respect -> by.add(respect.name().toLowerCase(Locale.ROOT)));
        rounded(node, "saving_difference_usd_month", one.savingDifference());
        rounded(node, "risk_difference", one.riskDifference());
        node.set("reasons", reasons(affected.reasons()));
        node.set("active", DecisionJson.decision(one.active(), Detail.SUMMARY));
        node.set("draft", DecisionJson.decision(one.draft(), Detail.SUMMARY));
        node.put("active_story", Story.tell(one.active(), names));
        node.put("draft_story", Story.tell(one.draft(), names));
        return node;
    }

    private static ObjectNode reasons(ReasonChanges reasons) {
        ObjectNode node = JSON.objectNode();
        strings(node, "newly_fired", reasons.newlyFired());
        strings(node, "no_longer_fired", reasons.noLongerFired());
        strings(node, "newly_required", reasons.newlyRequired());
        strings(node, "no_longer_required", reasons.noLongerRequired());
        ArrayNode needs = node.putArray("needs");
        for (ReasonChanges.NeedChange change : reasons.needs()) {
            ObjectNode object = needs.addObject();
            object.put("rule", change.rule());
            need(object, "active", change.active(), change.rule());
            need(object, "draft", change.draft(), change.rule());
        }
        return node;
    }

    private static void need(ObjectNode node, String field, @Nullable Need need, String rule) {
        node.set(field, need == null ? JSON.nullNode() : DecisionJson.need(need, rule));
    }

    private static void strings(ObjectNode node, String field, List<String> texts) {
        ArrayNode array = node.putArray(field);
        texts.forEach(array::add);
    }

    private static void put(ObjectNode node, String field, @Nullable String text) {
        if (text != null) {
            node.put(field, text);
        }
    }
}
