package io.regrade.pipeline.planning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.DecisionJson;
import io.regrade.decision.FactJson;
import io.regrade.fact.Resource;
import io.regrade.fact.SharedLimit;
import io.regrade.plan.FleetPlan;
import io.regrade.plan.Mover;
import io.regrade.plan.Option;
import io.regrade.plan.PlanSettings;
import io.regrade.plan.Wave;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A plan as JSON. What is unknown is left out. */
public final class PlanJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private PlanJson() {}

    /** Writes a plan as a whole. */
    public static ObjectNode write(PlannedFleet planned) {
        return whole(summary(planned), moves(planned), staying(planned));
    }

    /** Puts a plan together of what it says of no single machine, and of each. */
    static ObjectNode whole(ObjectNode summary, List<? extends JsonNode> moves, List<? extends JsonNode> staying) {
        Map<Integer, ArrayNode> waves = new HashMap<>();
        summary.path("waves")
                .forEach(wave -> waves.put(wave.path("number").intValue(), ((ObjectNode) wave).putArray("vms")));
        for (JsonNode move : moves) {
            ArrayNode wave = waves.get(move.path("wave").intValue());
            if (wave != null) {
                wave.add(move.path("vm").textValue());
            }
        }
        summary.putArray("moves").addAll(moves);
        summary.putArray("staying").addAll(staying);
        return summary;
    }

    /** What a plan says of no single machine. */
    static ObjectNode summary(PlannedFleet planned) {
        FleetPlan plan = planned.plan();
        ObjectNode node = JSON.objectNode();
        node.put("digest", planned.digest());
        node.put("machines", planned.machines());
        FactJson.rounded(node, "net_usd_month", plan.netUsdMonth());
        FactJson.rounded(node, "saving_usd_month", plan.savingUsdMonth());
        FactJson.rounded(node, "bound_usd_month", plan.boundUsdMonth());
        FactJson.rounded(node, "gap", plan.gap());
        node.put("unmet_obligations", plan.unmet());
        ArrayNode all = node.putArray("waves");
        plan.waves().forEach(wave -> all.add(wave(wave)));
        node.set("shared", shared(planned.shared()));
        node.set("settings", settings(planned.settings()));
        node.set("policy", DecisionJson.policy(planned.policy()));
        node.put("catalog", planned.catalogDigest());
        node.put("decided_at", planned.decidedAt().toString());
        return node;
    }

    /** Who moves, wave by wave. */
    static List<ObjectNode> moves(PlannedFleet planned) {
        Map<String, FleetPlan.Move> byVm = new HashMap<>();
        planned.plan().moves().forEach(move -> byVm.put(move.mover().vm().id(), move));
        List<ObjectNode> moves = new ArrayList<>();
        for (Wave wave : planned.plan().waves()) {
            for (String vm : wave.vms()) {
                ObjectNode move = move(Objects.requireNonNull(byVm.get(vm)), wave.number());
                FactJson.put(move, "note", planned.plan().notes().get(vm));
                moves.add(move);
            }
        }
        return moves;
    }

    /** Who would move, and stays. */
    static List<ObjectNode> staying(PlannedFleet planned) {
        return planned.plan().staying().stream().map(PlanJson::stay).toList();
    }

    /** Everything that a plan depends on: the decisions by their ids, what is shared, and the settings. */
    static ObjectNode question(List<Mover> movers, List<SharedLimit> shared, PlanSettings settings) {
        ObjectNode node = JSON.objectNode();
        ArrayNode decisions = node.putArray("decisions");
        movers.forEach(mover -> decisions.add(mover.decision()));
        node.set("shared", shared(shared));
        node.set("settings", settings(settings));
        return node;
    }

    private static ObjectNode move(FleetPlan.Move move, int wave) {
        Option option = move.option();
        ObjectNode node = JSON.objectNode();
        node.put("vm", move.mover().vm().id());
        node.put("decision", move.mover().decision());
        node.put("target", option.target().id());
        node.put("choice", move.choice());
        node.put("wave", wave);
        node.put("rule", option.rule());
        node.put("why", PlanWords.why(move));
        FactJson.rounded(node, "net_usd_month", option.netUsdMonth());
        FactJson.rounded(node, "saving_usd_month", option.projection().savingUsdMonth());
        FactJson.rounded(node, "risk", option.projection().risk());
        instead(node, move.instead());
        return node;
    }

    private static ObjectNode stay(FleetPlan.Stay stay) {
        ObjectNode node = JSON.objectNode();
        node.put("vm", stay.mover().vm().id());
        node.put("decision", stay.mover().decision());
        node.put("obliged", stay.mover().obliged());
        node.put("why", PlanWords.why(stay));
        instead(node, stay.instead());
        return node;
    }

    private static void instead(ObjectNode node, FleetPlan.@Nullable Instead instead) {
        if (instead != null) {
            ObjectNode first = node.putObject("first_choice");
            first.put("short", instead.scarce());
            first.put("unit", instead.unit());
            FactJson.rounded(first, "worth_more_usd_month", instead.usdMonth());
        }
    }

    private static ObjectNode wave(Wave wave) {
        ObjectNode node = JSON.objectNode();
        node.put("number", wave.number());
        node.put("canary", wave.canary());
        if (wave.window() != null) {
            node.put("window", wave.window());
        }
        return node;
    }

    private static ArrayNode shared(List<SharedLimit> limits) {
        ArrayNode all = JSON.arrayNode();
        for (SharedLimit limit : limits) {
            ObjectNode node = all.addObject();
            node.put("id", limit.id());
            node.put("kind", limit.kind().name().toLowerCase(Locale.ROOT));
            FactJson.put(node, "cloud", limit.cloud());
            FactJson.put(node, "region", limit.region());
            FactJson.put(node, "family", limit.family());
            FactJson.put(node, "os", limit.os());
            FactJson.put(node, "owner", limit.owner());
            FactJson.put(node, "group", limit.group());
            if (!limit.targets().isEmpty()) {
                ArrayNode targets = node.putArray("targets");
                limit.targets().forEach(targets::add);
            }
            FactJson.rounded(node, "count", limit.count());
            for (Resource resource : Resource.values()) {
                FactJson.rounded(node, resource.key(), limit.capacity().of(resource));
            }
            FactJson.rounded(node, "usd_month", limit.usdMonth());
            node.put("spread", limit.spread());
        }
        return all;
    }

    private static ObjectNode settings(PlanSettings settings) {
        ObjectNode node = JSON.objectNode();
        node.put("obligation_usd_month", settings.obligationUsdMonth());
        if (settings.most() != Integer.MAX_VALUE) {
            node.put("most", settings.most());
        }
        node.put("wave", settings.wave());
        node.put("canary", settings.canary());
        return node;
    }
}
