package io.regrade.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.DecisionJson;
import io.regrade.ledger.Evaluation;
import io.regrade.ledger.Evaluation.State;
import io.regrade.pipeline.EvaluationJobs;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Fleet evaluations over HTTP. */
final class EvaluationEndpoints {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final EvaluationJobs jobs;

    EvaluationEndpoints(EvaluationJobs jobs) {
        this.jobs = jobs;
    }

    Map<String, Endpoint> all() {
        return Map.of(
                "beginEvaluation", this::begin,
                "listEvaluations", this::list,
                "getEvaluation", this::get,
                "followEvaluation", this::follow,
                "cancelEvaluation", this::cancel);
    }

    private CompletionStage<Answer> begin(Call call) {
        String policy = call.read(body -> body.path("policy")).textValue();
        return jobs.begin(policy, call.asker())
                .thenApply(begun -> Answer.json(202, json(begun)).with("Location", "/v1/evaluations/" + begun.id()));
    }

    private CompletionStage<Answer> list(Call call) {
        return jobs.list(call.text("cursor"), call.value("limit").asInt()).thenApply(page -> {
            ObjectNode node = JSON.objectNode();
            ArrayNode list = node.putArray("evaluations");
            page.items().forEach(one -> list.add(json(one)));
            if (page.next() != null) {
                node.put("next", page.next());
            }
            return Answer.json(200, node);
        });
    }

    private CompletionStage<Answer> get(Call call) {
        return jobs.byId(call.id()).thenApply(found -> Answer.json(200, json(found(found, call))));
    }

    private CompletionStage<Answer> follow(Call call) {
        return jobs.byId(call.id()).thenApply(found -> {
            found(found, call);
            return Answer.events(() -> jobs.byId(call.id()).thenApply(now -> event(found(now, call))));
        });
    }

    private static Events.Event event(Evaluation evaluation) {
        boolean last = evaluation.state() != State.RUNNING;
        return new Events.Event(last ? evaluation.state().key() : "progress", json(evaluation), last);
    }

    private CompletionStage<Answer> cancel(Call call) {
        return jobs.cancel(call.id())
                .thenCompose(nothing -> jobs.byId(call.id()))
                .thenApply(found -> Answer.json(202, json(found(found, call))));
    }

    private static Evaluation found(Optional<Evaluation> evaluation, Call call) {
        return evaluation.orElseThrow(
                () -> new HttpProblem(ProblemType.NOT_FOUND, "there is no evaluation `" + call.id() + "`"));
    }

    private static ObjectNode json(Evaluation evaluation) {
        ObjectNode node = JSON.objectNode();
        node.put("id", evaluation.id());
        node.put("state", evaluation.state().key());
        node.set("policy", DecisionJson.policy(evaluation.policy()));
        node.put("decided_at", evaluation.decidedAt().toString());
        node.put("asked_by", evaluation.asker());
        node.put("machines", evaluation.machines());
        node.put("decided", evaluation.decided());
        node.put("cancelling", evaluation.cancelling());
        if (evaluation.error() != null) {
            node.put("error", evaluation.error());
        }
        node.put("created_at", evaluation.createdAt().toString());
        if (evaluation.finishedAt() != null) {
            node.put("finished_at", evaluation.finishedAt().toString());
        }
        return node;
    }
}
