package io.regrade.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.DecisionJson;
import io.regrade.fact.SharedLimit;
import io.regrade.intake.inventory.IntakeLimits;
import io.regrade.intake.inventory.VmJson;
import io.regrade.ledger.Plan;
import io.regrade.pipeline.planning.PlanJobs;
import io.regrade.plan.PlanSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Plans of the held fleet over HTTP. */
final class PlanEndpoints {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final PlanJobs jobs;
    private final VmJson reader = new VmJson(IntakeLimits.DEFAULT);

    PlanEndpoints(PlanJobs jobs) {
        this.jobs = jobs;
    }

    Map<String, Endpoint> all() {
        return Map.of(
                "beginPlan", this::begin,
                "listPlans", this::list,
                "getPlan", this::get,
                "followPlan", this::follow,
                "cancelPlan", this::cancel);
    }

    private record Asked(@Nullable String policy, List<SharedLimit> shared, PlanSettings settings) {}

    private CompletionStage<Answer> begin(Call call) {
        Asked asked = call.read(body -> new Asked(
                body.path("policy").textValue(), reader.shared(body, jobs.targets()), settings(body.path("settings"))));
        return jobs.begin(asked.policy(), asked.shared(), asked.settings(), call.asker())
                .thenApply(plan -> Answer.json(202, json(plan)).with("Location", "/v1/plans/" + plan.id()));
    }

    private static PlanSettings settings(JsonNode node) {
        PlanSettings usual = PlanSettings.DEFAULT;
        return new PlanSettings(
                node.path("obligation_usd_month").asDouble(usual.obligationUsdMonth()),
                node.path("most").asInt(usual.most()),
                node.path("wave").asInt(usual.wave()),
                node.path("canary").asInt(usual.canary()));
    }

    private CompletionStage<Answer> list(Call call) {
        return jobs.list(call.text("cursor"), call.value("limit").asInt()).thenApply(page -> {
            ObjectNode node = JSON.objectNode();
            ArrayNode list = node.putArray("plans");
            page.items().forEach(one -> list.add(json(one)));
            if (page.next() != null) {
                node.put("next", page.next());
            }
            return Answer.json(200, node);
        });
    }

    private CompletionStage<Answer> get(Call call) {
        return jobs.byId(call.id()).thenCompose(found -> {
            Plan plan = found(found, call);
            ObjectNode node = json(plan);
            return plan.state() != Plan.State.DONE
                    ? CompletableFuture.completedFuture(Answer.json(200, node))
                    : jobs.content(plan.id()).thenApply(content -> {
                        content.ifPresent(node::setAll);
                        return Answer.json(200, node);
                    });
        });
    }

    private CompletionStage<Answer> follow(Call call) {
        return jobs.byId(call.id()).thenApply(found -> {
            found(found, call);
            return Answer.events(() -> jobs.byId(call.id()).thenApply(now -> event(found(now, call))));
        });
    }

    private static Events.Event event(Plan plan) {
        boolean last = plan.state() != Plan.State.RUNNING;
        return new Events.Event(last ? plan.state().key() : "progress", json(plan), last);
    }

    private CompletionStage<Answer> cancel(Call call) {
        return jobs.cancel(call.id())
                .thenCompose(nothing -> jobs.byId(call.id()))
                .thenApply(found -> Answer.json(202, json(found(found, call))));
    }

    private static Plan found(Optional<Plan> plan, Call call) {
        return plan.orElseThrow(() -> new HttpProblem(ProblemType.NOT_FOUND, "there is no plan `" + call.id() + "`"));
    }

    private static ObjectNode json(Plan plan) {
        ObjectNode node = JSON.objectNode();
        node.put("id", plan.id());
        node.put("state", plan.state().key());
        node.set("policy", DecisionJson.policy(plan.policy()));
        node.put("asked_by", plan.asker());
        node.put("machines", plan.machines());
        node.put("decided", plan.decided());
        if (plan.error() != null) {
            node.put("error", plan.error());
        }
        node.put("created_at", plan.createdAt().toString());
        if (plan.finishedAt() != null) {
            node.put("finished_at", plan.finishedAt().toString());
        }
        return node;
    }
}
