package io.regrade.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.fact.Resource;
import io.regrade.pipeline.fleet.FleetTotals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One decision.
 *
 * @param decision as the API writes it, with its trace
 */
public record DecisionPage(ObjectNode decision) {

    /** What a machine must have: the requirement, its reason, and the rule that states it or the empty text. */
    public record Required(String text, String source, String rule) {}

    /** The advice in one sentence. */
    public String sentence() {
        return sentence(decision);
    }

    /** The advice of a decision in one sentence. */
    static String sentence(JsonNode decision) {
        String vm = decision.path("vm").asText();
        double saving = decision.path("saving_usd_month").asDouble(Double.NaN);
        String money = Double.isNaN(saving) || saving == 0
                ? ""
                : saving > 0
                        ? ", which saves " + Show.money(saving) + " a month"
                        : ", which costs " + Show.money(-saving) + " more a month";
        return switch (decision.path("action").asText()) {
            case "reclassify" ->
                "Move " + vm + " to " + decision.path("target").path("id").asText() + money + risk(decision) + ".";
            case "instantiate" -> "Make a new machine for " + vm + made(decision.path("configuration")) + money + ".";
            case "insufficient-data" -> "Too little is known of " + vm + " to advise anything.";
            default -> "Keep " + vm + " as it is.";
        };
    }

    private static String risk(JsonNode decision) {
        double level = decision.path("risk").path("level").asDouble(Double.NaN);
        if (Double.isNaN(level)) {
            return "";
        }
        String word = level <= 0.5 ? "at low risk" : level <= FleetTotals.RISKY ? "at some risk" : "at high risk";
        return ", " + word + " (" + Show.risk(level) + " of 4)";
    }

    private static String made(JsonNode configuration) {
        List<String> parts = new ArrayList<>();
        for (Resource resource : Resource.values()) {
            JsonNode amount = configuration.path(resource.key());
            if (amount.isNumber()) {
                parts.add(Show.amount(amount.doubleValue(), resource.unit()));
            }
        }
        return parts.isEmpty() ? "" : " with at least " + String.join(", ", parts);
    }

    /** What was used, as the rules saw it. */
    public List<JsonNode> usage() {
        List<JsonNode> usage = new ArrayList<>();
        for (JsonNode fact : decision.path("trace").path("facts")) {
            if (fact.path("kind").asText().equals("Usage")) {
                usage.add(fact.path("fact"));
            }
        }
        return usage;
    }

    /** What the machine must have. */
    public List<Required> requirements() {
        return requirements(decision);
    }

    static List<Required> requirements(JsonNode decision) {
        JsonNode trace = decision.path("trace");
        Map<String, String> rules = new HashMap<>();
        for (JsonNode firing : trace.path("firings")) {
            firing.path("concluded")
                    .forEach(id -> rules.put(id.asText(), firing.path("rule").asText()));
        }
        List<Required> required = new ArrayList<>();
        for (JsonNode fact : trace.path("facts")) {
            if (fact.path("kind").asText().equals("Requirement")) {
                required.add(new Required(
                        fact.path("fact").path("requires").asText(),
                        fact.path("fact").path("source").asText(),
                        rules.getOrDefault(fact.path("id").asText(), "")));
            }
        }
        return required;
    }

    /** The address of a rule's source in the version that decided. */
    public String source(String rule) {
        return "/decisions/" + decision.path("id").asText() + "/rules/" + Show.segment(rule);
    }

    /** Whether what it was made of was erased. */
    public boolean isErased() {
        return decision.has("erased");
    }

    /** The label and unit of a resource, or of another attribute its own name. */
    public static String label(String key) {
        for (Resource resource : Resource.values()) {
            if (resource.key().equals(key)) {
                return resource.label();
            }
        }
        return key;
    }

    /** The unit of a resource; empty for anything else. */
    public static String unit(String key) {
        for (Resource resource : Resource.values()) {
            if (resource.key().equals(key)) {
                return resource.unit();
            }
        }
        return "";
    }
}
