package io.regrade.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.FactJson;
import io.regrade.fact.Capacity;
import io.regrade.fact.Resource;
import io.regrade.instantiate.ServerOffer;
import io.regrade.instantiate.Terms;
import io.regrade.intake.inventory.VmJson;
import io.regrade.ledger.Instantiations.Made;
import io.regrade.ledger.Instantiations.Part;
import io.regrade.pipeline.instantiation.MakeMachines;
import io.regrade.web.contract.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What servers offer, and machines that are made of it, over HTTP. */
final class InstantiationEndpoints {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final MakeMachines making;

    InstantiationEndpoints(MakeMachines making) {
        this.making = making;
    }

    Map<String, Endpoint> all() {
        return Map.of(
                "putServerOffers", this::offer,
                "listServerOffers", this::offers,
                "instantiate", this::make,
                "getInstantiation", this::get,
                "releaseInstantiation", this::release,
                "listResourceAggregation", this::aggregation);
    }

    private CompletionStage<Answer> offer(Call call) {
        List<ServerOffer> offers = call.read(InstantiationEndpoints::offers);
        return making.store()
                .offer(offers)
                .thenApply(nothing -> Answer.json(200, JSON.objectNode().put("servers", offers.size())));
    }

    private static List<ServerOffer> offers(JsonNode body) {
        List<ServerOffer> offers = new ArrayList<>();
        Set<String> servers = new HashSet<>();
        for (JsonNode one : body.path("offers")) {
            String server = one.path("server").asText();
            if (!servers.add(server)) {
                throw HttpProblem.invalid(List.of(Finding.pointer(
                        "/offers/" + offers.size() + "/server",
                        "`" + server + "` is there twice. Maybe one offer with all that it can supply")));
            }
            offers.add(new ServerOffer(
                    server,
                    one.path("cloud").textValue(),
                    one.path("address").asText(),
                    capacity(one),
                    Math.max(0, one.path("price_usd_hour").asDouble()),
                    one.path("availability").asDouble(Double.NaN)));
        }
        return offers;
    }

    private static Capacity capacity(JsonNode node) {
        Capacity capacity = Capacity.UNKNOWN;
        for (Resource resource : Resource.values()) {
            double amount = node.path(resource.key()).asDouble(Double.NaN);
            capacity = amount >= 0 ? capacity.with(resource, amount) : capacity;
        }
        return capacity;
    }

    private CompletionStage<Answer> offers(Call call) {
        return making.store().offers().thenApply(offers -> {
            ObjectNode node = JSON.objectNode();
            ArrayNode list = node.putArray("offers");
            offers.forEach(offer -> list.add(json(offer)));
            return Answer.json(200, node);
        });
    }

    private static ObjectNode json(ServerOffer offer) {
        ObjectNode node = JSON.objectNode();
        node.put("server", offer.server());
        FactJson.put(node, "cloud", offer.cloud());
        node.put("address", offer.address());
        for (Resource resource : Resource.values()) {
            FactJson.rounded(node, resource.key(), offer.supply().of(resource));
        }
        FactJson.rounded(node, "price_usd_hour", offer.priceUsdHour());
        FactJson.rounded(node, "availability", offer.availability());
        return node;
    }

    private record Asked(
            String vm, Capacity need, Terms terms, @Nullable Duration period) {}

    private CompletionStage<Answer> make(Call call) {
        Asked asked = call.read(InstantiationEndpoints::asked);
        return making.make(asked.vm(), asked.need(), asked.terms(), asked.period(), call.asker())
                .thenApply(made -> Answer.json(
                                201,
                                json(made.orElseThrow(() -> new HttpProblem(
                                        ProblemType.WRONG_STATE,
                                        "no servers that are free cover it within what is agreed. Maybe look at"
                                                + " `/v1/server-offers` and `/v1/resource-aggregation`"))))
                        .with("Location", "/v1/instantiations/" + made.get().id()));
    }

    private static Asked asked(JsonNode body) {
        JsonNode sla = body.path("sla");
        Set<String> clouds = new HashSet<>();
        sla.path("clouds").forEach(cloud -> clouds.add(cloud.asText()));
        double hours = body.path("hours").asDouble(Double.NaN);
        return new Asked(
                body.path("vm").asText(),
                capacity(body.path("configuration")),
                new Terms(
                        sla.path("max_usd_hour").asDouble(Double.NaN),
                        sla.path("min_availability").asDouble(Double.NaN),
                        clouds),
                Double.isNaN(hours) ? null : Duration.ofSeconds(Math.round(hours * 3600)));
    }

    private CompletionStage<Answer> get(Call call) {
        return making.store().byId(call.id()).thenApply(found -> Answer.json(200, json(found(found, call))));
    }

    private CompletionStage<Answer> release(Call call) {
        return making.store()
                .release(call.id(), call.asker())
                .thenApply(found -> Answer.json(200, json(found(found, call))));
    }

    private CompletionStage<Answer> aggregation(Call call) {
        return making.store()
                .aggregation(call.text("vm"), call.value("limit").asInt())
                .thenApply(parts -> {
                    ObjectNode node = JSON.objectNode();
                    ArrayNode list = node.putArray("parts");
                    parts.forEach(part -> list.add(json(part)));
                    return Answer.json(200, node);
                });
    }

    private static Made found(Optional<Made> one, Call call) {
        return one.orElseThrow(
                () -> new HttpProblem(ProblemType.NOT_FOUND, "there is no instantiation `" + call.id() + "`"));
    }

    private static ObjectNode json(Made made) {
        ObjectNode node = (ObjectNode) VmJson.parse(made.body().getBytes(UTF_8));
        node.put("id", made.id());
        node.put("vm", made.vm());
        node.put("state", made.releasedAt() == null ? "active" : "released");
        node.put("asked_by", made.asker());
        node.put("begins", made.begins().toString());
        if (made.ends() != null) {
            node.put("ends", made.ends().toString());
        }
        if (made.releasedAt() != null) {
            node.put("released_at", made.releasedAt().toString());
        }
        ArrayNode parts = node.putArray("parts");
        made.parts().forEach(part -> parts.add(json(part)));
        return node;
    }

    private static ObjectNode json(Part part) {
        ObjectNode node = JSON.objectNode();
        node.put("vm", part.vm());
        node.put("server", part.server());
        FactJson.put(node, "cloud", part.cloud());
        node.put("address", part.address());
        node.put("instance", part.instance());
        node.set("supplies", VmJson.parse(part.supplies().getBytes(UTF_8)));
        FactJson.rounded(node, "usd_hour", part.usdHour());
        node.put("begins", part.begins().toString());
        if (part.ends() != null) {
            node.put("ends", part.ends().toString());
        }
        if (part.releasedAt() != null) {
            node.put("released_at", part.releasedAt().toString());
        }
        return node;
    }
}
