package io.regrade.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.fact.Target;
import io.regrade.fact.VmFacts;
import io.regrade.intake.inventory.FleetProgress;
import io.regrade.intake.inventory.FleetReader;
import io.regrade.intake.inventory.IntakeLimits;
import io.regrade.intake.inventory.InventoryWriter;
import io.regrade.intake.inventory.NdjsonReader;
import io.regrade.intake.inventory.VmJson;
import io.regrade.ledger.Change;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.Page;
import io.regrade.web.contract.Finding;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The held machines and targets over HTTP. */
final class InventoryEndpoints {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String CSV = "text/csv";

    private final Inventory inventory;
    private final Clock clock;
    private final VmJson json = new VmJson(IntakeLimits.DEFAULT);
    private final NdjsonReader ndjson = new NdjsonReader(IntakeLimits.DEFAULT);
    private final FleetReader csv = new FleetReader(IntakeLimits.DEFAULT, FleetProgress.NONE);

    InventoryEndpoints(Inventory inventory, Clock clock) {
        this.inventory = inventory;
        this.clock = clock;
    }

    Map<String, Endpoint> all() {
        return Map.of(
                "listVms", this::listVms,
                "putVms", this::putVms,
                "getVm", this::getVm,
                "putVm", this::putVm,
                "deleteVm", this::deleteVm,
                "listTargets", this::listTargets,
                "putTargets", this::putTargets,
                "getTarget", this::getTarget,
                "putTarget", this::putTarget,
                "deleteTarget", this::deleteTarget);
    }

    private CompletionStage<Answer> listVms(Call call) {
        Page<VmFacts> page = inventory
                .snapshot()
                .vms(call.text("cursor"), call.value("limit").asInt());
        return page("vms", page, InventoryWriter::json);
    }

    private CompletionStage<Answer> listTargets(Call call) {
        Page<Target> page = inventory
                .snapshot()
                .targets(call.text("cursor"), call.value("limit").asInt());
        return page("targets", page, InventoryWriter::json);
    }

    private static <T> CompletionStage<Answer> page(String name, Page<T> page, Function<T, ObjectNode> writer) {
        ObjectNode node = JSON.objectNode();
        node.putArray(name).addAll(page.items().stream().map(writer).toList());
        if (page.next() != null) {
            node.put("next", page.next());
        }
        return CompletableFuture.completedFuture(Answer.json(200, node));
    }

    private CompletionStage<Answer> putVms(Call call) {
        Change change = call.mediaType().equals(CSV)
                ? new Change.DescribeVms(csv.readVms("body", call.body()))
                : new Change.PutVms(ndjson.vms(call.body(), clock.instant()));
        return bulk(change);
    }

    private CompletionStage<Answer> putTargets(Call call) {
        return bulk(new Change.PutTargets(
                call.mediaType().equals(CSV) ? csv.readTargets("body", call.body()) : ndjson.targets(call.body())));
    }

    private CompletionStage<Answer> bulk(Change change) {
        return inventory.apply(change, Expectation.NONE).thenApply(outcome -> {
            ObjectNode node = JSON.objectNode();
            node.put("created", outcome.created());
            node.put("replaced", outcome.replaced());
            return Answer.json(200, node);
        });
    }

    private CompletionStage<Answer> getVm(Call call) {
        VmFacts facts = inventory.snapshot().vm(call.id()).orElseThrow(() -> notHeld("machine", call));
        return one(call, InventoryWriter.json(facts), Expectation.tag(facts));
    }

    private CompletionStage<Answer> getTarget(Call call) {
        Target target = inventory.snapshot().target(call.id()).orElseThrow(() -> notHeld("target", call));
        return one(call, InventoryWriter.json(target), Expectation.tag(target));
    }

    private static CompletionStage<Answer> one(Call call, ObjectNode node, String tag) {
        Answer answer =
                Preconditions.isKnown(call.text("If-None-Match"), tag) ? Answer.empty(304) : Answer.json(200, node);
        return CompletableFuture.completedFuture(answer.with("ETag", Preconditions.quoted(tag)));
    }

    private CompletionStage<Answer> putVm(Call call) {
        VmFacts facts = call.read(body -> json.vm(named(body, call), clock.instant()));
        return put(call, new Change.PutVms(List.of(facts)), InventoryWriter.json(facts), Expectation.tag(facts));
    }

    private CompletionStage<Answer> putTarget(Call call) {
        Target target = call.read(body -> json.target(named(body, call)));
        return put(call, new Change.PutTargets(List.of(target)), InventoryWriter.json(target), Expectation.tag(target));
    }

    private CompletionStage<Answer> put(Call call, Change change, ObjectNode node, String tag) {
        return inventory
                .apply(change, Preconditions.of(call))
                .thenApply(outcome ->
                        Answer.json(outcome.created() > 0 ? 201 : 200, node).with("ETag", Preconditions.quoted(tag)));
    }

    /** The body with the id of the path; one of its own must be the same. */
    private static JsonNode named(JsonNode body, Call call) {
        if (!(body instanceof ObjectNode object)) {
            return body;
        }
        if (!object.has("id")) {
            return object.deepCopy().put("id", call.id());
        }
        if (object.get("id").isTextual()
                && !object.get("id").textValue().strip().equals(call.id())) {
            throw HttpProblem.invalid(List.of(Finding.pointer(
                    "/id", "`id` is another one than `" + call.id() + "` of the path. Maybe leave it out")));
        }
        return object;
    }

    private CompletionStage<Answer> deleteVm(Call call) {
        return delete(
                call,
                new Change.RemoveVm(call.id()),
                "machine",
                inventory.snapshot().vm(call.id()));
    }

    private CompletionStage<Answer> deleteTarget(Call call) {
        return delete(
                call,
                new Change.RemoveTarget(call.id()),
                "target",
                inventory.snapshot().target(call.id()));
    }

    private CompletionStage<Answer> delete(Call call, Change change, String what, Optional<?> held) {
        if (held.isEmpty()) {
            throw notHeld(what, call);
        }
        return inventory.apply(change, Preconditions.of(call)).thenApply(outcome -> {
            if (outcome.removed() == 0) {
                throw notHeld(what, call);
            }
            return Answer.empty(204);
        });
    }

    private static HttpProblem notHeld(String what, Call call) {
        return new HttpProblem(ProblemType.NOT_FOUND, "no " + what + " is held under `" + call.id() + "`");
    }
}
