package io.regrade.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.FactJson;
import io.regrade.intake.inventory.VmJson;
import io.regrade.ledger.Outcomes;
import io.regrade.ledger.Outcomes.Verdict;
import io.regrade.pipeline.outcome.WatchOutcomes;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What became of moves, over HTTP. */
final class OutcomeEndpoints {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final WatchOutcomes watch;
    private final Workers workers;

    OutcomeEndpoints(WatchOutcomes watch, Workers workers) {
        this.watch = watch;
        this.workers = workers;
    }

    Map<String, Endpoint> all() {
        return Map.of(
                "lookAtOutcome", this::look,
                "getOutcome", this::get,
                "listOutcomes", this::list,
                "listRuleRecords", this::rules);
    }

    private CompletionStage<Answer> look(Call call) {
        return workers.submit(
                0,
                () -> CompletableFuture.completedFuture(
                        Answer.json(200, found(watch.look(call.id()), "execution", call))));
    }

    private CompletionStage<Answer> get(Call call) {
        return watch.outcomes()
                .byExecution(call.id())
                .thenApply(body -> Answer.json(
                        200,
                        VmJson.parse(found(body, "outcome of execution", call).getBytes(UTF_8))));
    }

    private CompletionStage<Answer> list(Call call) {
        String verdict = call.text("verdict");
        return watch.outcomes()
                .list(
                        verdict == null ? null : Verdict.valueOf(verdict.toUpperCase(Locale.ROOT)),
                        call.value("limit").asInt())
                .thenApply(bodies -> {
                    ObjectNode node = JSON.objectNode();
                    ArrayNode list = node.putArray("outcomes");
                    bodies.forEach(body -> list.add(VmJson.parse(body.getBytes(UTF_8))));
                    return Answer.json(200, node);
                });
    }

    private CompletionStage<Answer> rules(Call call) {
        return watch.outcomes().rules().thenApply(records -> {
            ObjectNode node = JSON.objectNode();
            ArrayNode list = node.putArray("rules");
            records.forEach(one -> list.add(json(one)));
            return Answer.json(200, node);
        });
    }

    private static ObjectNode json(Outcomes.Record one) {
        ObjectNode node = JSON.objectNode();
        node.put("rule", one.rule());
        node.put("kind", one.kind());
        node.put("unit", one.unit());
        node.put("moves", one.moves());
        node.put("kept", one.kept());
        node.put("broken", one.broken());
        FactJson.rounded(node, "promised", one.promised());
        FactJson.rounded(node, "observed", one.observed());
        return node;
    }

    private static <T> T found(Optional<T> one, String what, Call call) {
        return one.orElseThrow(
                () -> new HttpProblem(ProblemType.NOT_FOUND, "there is no " + what + " `" + call.id() + "`"));
    }
}
