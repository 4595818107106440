package io.regrade.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.DecisionJson;
import io.regrade.decision.FactJson;
import io.regrade.execute.JobState;
import io.regrade.execute.Order;
import io.regrade.ledger.Asker;
import io.regrade.ledger.Execution;
import io.regrade.ledger.Execution.Basis;
import io.regrade.pipeline.execution.ExecuteApproved.Trial;
import io.regrade.pipeline.execution.ExecutionJobs;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What carries out what was approved, over HTTP. */
final class ExecutionEndpoints {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ExecutionJobs jobs;
    private final Workers workers;

    ExecutionEndpoints(ExecutionJobs jobs, Workers workers) {
        this.jobs = jobs;
        this.workers = workers;
    }

    Map<String, Endpoint> all() {
        return Map.of(
                "listExecutions", this::list,
                "getExecution", this::get,
                "followExecution", this::follow,
                "cancelExecution", this::cancel,
                "rollbackExecution", this::rollback);
    }

    /** Has a recommendation carried out, or shows what would be done. */
    CompletionStage<Answer> begin(Call call) {
        JsonNode asked = call.read(body -> body);
        Asker asker = call.asker();
        int hold = asked.path("hold_seconds").asInt(0);
        return asked.path("dry_run").asBoolean()
                ? waited(() -> Answer.json(200, trial(found(jobs.use().tried(call.id()), "recommendation", call))))
                : waited(() -> begun(found(jobs.use().begin(call.id(), hold, asker), "recommendation", call)));
    }

    private Answer begun(Execution execution) {
        jobs.wake();
        return Answer.json(202, json(execution)).with("Location", "/v1/executions/" + execution.id());
    }

    private CompletionStage<Answer> waited(Supplier<Answer> answer) {
        return workers.submit(0, () -> CompletableFuture.completedFuture(answer.get()));
    }

    private CompletionStage<Answer> list(Call call) {
        String state = call.text("state");
        return jobs.use()
                .executions()
                .list(
                        call.text("vm"),
                        state == null ? null : JobState.of(state),
                        call.text("cursor"),
                        call.value("limit").asInt())
                .thenApply(page -> {
                    ObjectNode node = JSON.objectNode();
                    ArrayNode list = node.putArray("executions");
                    page.items().forEach(one -> list.add(json(one)));
                    if (page.next() != null) {
                        node.put("next", page.next());
                    }
                    return Answer.json(200, node);
                });
    }

    private CompletionStage<Answer> get(Call call) {
        return jobs.use()
                .byId(call.id())
                .thenApply(execution -> Answer.json(200, whole(found(execution, "execution", call))));
    }

    private CompletionStage<Answer> follow(Call call) {
        return jobs.use().byId(call.id()).thenApply(execution -> {
            found(execution, "execution", call);
            return Answer.events(
                    () -> jobs.use().byId(call.id()).thenApply(now -> event(found(now, "execution", call))));
        });
    }

    private static Events.Event event(Execution execution) {
        boolean last = execution.state().isOver();
        return new Events.Event(last ? execution.state().key() : "progress", whole(execution), last);
    }

    private CompletionStage<Answer> cancel(Call call) {
        return jobs.use().cancel(call.id(), call.asker()).thenApply(execution -> {
            jobs.wake();
            return Answer.json(202, whole(found(execution, "execution", call)));
        });
    }

    private CompletionStage<Answer> rollback(Call call) {
        Asker asker = call.asker();
        return waited(() -> begun(found(jobs.use().rollback(call.id(), asker), "execution", call)));
    }

    private static <T> T found(Optional<T> one, String what, Call call) {
        return one.orElseThrow(
                () -> new HttpProblem(ProblemType.NOT_FOUND, "there is no " + what + " `" + call.id() + "`"));
    }

    private static ObjectNode trial(Trial trial) {
        ObjectNode node = JSON.objectNode();
        node.put("dry_run", true);
        node.put("ok", trial.ok());
        node.put("executor", trial.executor());
        order(node, trial.order());
        ArrayNode checks = node.putArray("checks");
        trial.checks()
                .forEach(check -> checks.addObject()
                        .put("name", check.name())
                        .put("ok", check.ok())
                        .put("detail", check.detail()));
        ArrayNode lines = node.putArray("preview");
        trial.preview().forEach(lines::add);
        return node;
    }

    private static void order(ObjectNode node, Order order) {
        node.put("vm", order.vm());
        node.put("instance", order.instance());
        node.set("before", FactJson.vm(order.before()));
        node.set("after", FactJson.vm(order.after()));
    }

    private static ObjectNode whole(Execution execution) {
        ObjectNode node = json(execution);
        ArrayNode steps = node.putArray("steps");
        for (Execution.Step step : execution.steps()) {
            ObjectNode object = steps.addObject();
            object.put("what", step.what());
            object.put("phase", step.phase().key());
            if (step.tries() > 0) {
                object.put("try", step.tries());
            }
            if (!step.outcome().isEmpty()) {
                object.put("outcome", step.outcome());
            }
            if (step.detail() != null) {
                object.put("detail", step.detail());
            }
            object.put("by", step.by());
            object.put("at", step.at().toString());
        }
        return node;
    }

    private static ObjectNode json(Execution execution) {
        ObjectNode node = JSON.objectNode();
        node.put("id", execution.id());
        node.put("kind", execution.kind().key());
        node.put("state", execution.state().key());
        node.put("executor", execution.executor());
        node.put("vm", execution.vm());
        Order order = execution.order();
        if (order != null) {
            order(node, order);
        }
        Basis basis = execution.basis();
        if (basis != null) {
            node.put("recommendation", basis.recommendation());
            node.put("decision", basis.decision());
            node.set("policy", DecisionJson.policy(basis.policy()));
        }
        if (execution.of() != null) {
            node.put("of", execution.of());
        }
        node.put("asked_by", execution.asker());
        if (execution.wish() != null) {
            node.put("wish", execution.wish().key());
        }
        node.put("hold_seconds", execution.holdSeconds());
        if (execution.problem() != null) {
            node.put("problem", execution.problem());
        }
        node.put("created_at", execution.createdAt().toString());
        if (execution.finishedAt() != null) {
            node.put("finished_at", execution.finishedAt().toString());
        }
        return node;
    }
}
