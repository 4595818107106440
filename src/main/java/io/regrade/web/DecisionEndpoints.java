package io.regrade.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.Decision;
import io.regrade.decision.DecisionJson;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.fact.Action;
import io.regrade.fact.EvaluationTime;
import io.regrade.intake.inventory.IntakeLimits;
import io.regrade.intake.inventory.VmJson;
import io.regrade.ledger.Asker;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.ErasedException;
import io.regrade.pipeline.AnswerDecisions;
import io.regrade.pipeline.DecideRequest;
import io.regrade.pipeline.DecideRequest.Asked;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Decisions over HTTP. */
final class DecisionEndpoints {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String TEXT = "text/plain";
    private static final Listing LISTING = new Listing(
            "decisions",
            List.of(
                    "id",
                    "vm",
                    "action",
                    "target",
                    "price_usd_month_now",
                    "saving_usd_month",
                    "policy",
                    "policy_digest",
                    "decided_at",
                    "why"),
            List.of(
                    "/id",
                    "/vm",
                    "/action",
                    "/target/id",
                    "/price_usd_month_now",
                    "/saving_usd_month",
                    "/policy/name",
                    "/policy/digest",
                    "/decided_at",
                    "/why"));

    private final AnswerDecisions answers;
    private final Decisions decisions;
    private final Clock clock;
    private final VmJson reader = new VmJson(IntakeLimits.DEFAULT);

    DecisionEndpoints(AnswerDecisions answers, Decisions decisions, Clock clock) {
        this.answers = answers;
        this.decisions = decisions;
        this.clock = clock;
    }

    Map<String, Endpoint> all() {
        return Map.of(
                "decide", this::decide, "listDecisions", this::list, "getDecision", this::get, "getTrace", this::trace);
    }

    private CompletionStage<Answer> decide(Call call) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Detail detail = detail(call);
        Asker asker = call.asker();
        DecideRequest request = call.read(body -> request(call, body, now, asker));
        return answers.answer(request).thenApply(decided -> {
            ObjectNode node = JSON.objectNode();
            ArrayNode list = node.putArray("decisions");
            for (Decision decision : decided) {
                list.add(DecisionJson.decision(decision, detail));
            }
            return Answer.json(200, node);
        });
    }

    private DecideRequest request(Call call, JsonNode body, Instant now, Asker asker) {
        VmJson.Request read = reader.request(body, now);
        List<Asked> asked = new ArrayList<>(read.vms().size());
        for (int i = 0; i < read.vms().size(); i++) {
            JsonNode element = body.get("vms").get(i);
            boolean named = element.size() == 1 && element.has("id");
            asked.add(
                    named
                            ? new Asked.Held(read.vms().get(i).vm().id(), "/vms/" + i)
                            : new Asked.Given(read.vms().get(i)));
        }
        return new DecideRequest(
                asked,
                read.targets(),
                call.text("policy"),
                call.value("record").asBoolean(),
                new EvaluationTime(now),
                asker);
    }

    private CompletionStage<Answer> list(Call call) {
        JsonNode saving = call.optional("min_saving_usd_month");
        Decisions.Filter filter = new Decisions.Filter(
                call.text("vm"),
                action(call.text("action")),
                call.text("rule"),
                call.text("target"),
                call.text("policy"),
                call.text("owner"),
                call.text("evaluation"),
                call.moment("from"),
                call.moment("until"),
                saving == null ? null : saving.doubleValue());
        Decisions.Query query = new Decisions.Query(
                filter, call.text("cursor"), call.value("limit").asInt(), detail(call));
        return decisions
                .list(query)
                .thenApply(page ->
                        LISTING.answer(page, call.accepted(), page.next() == null ? null : call.next(page.next())));
    }

    private CompletionStage<Answer> get(Call call) {
        return decisions.byId(call.id(), detail(call)).thenApply(found -> Answer.json(200, found(found, call)));
    }

    private CompletionStage<Answer> trace(Call call) {
        return decisions.byId(call.id(), Detail.FULL).thenApply(found -> {
            ObjectNode decision = found(found, call);
            if (decision.has("erased")) {
                throw ErasedException.of(decision); // an empty trace would say that no rule fired
            }
            return call.accepted().equals(TEXT)
                    ? Answer.text(TEXT, TraceText.of(decision))
                    : Answer.json(200, decision.get("trace"));
        });
    }

    private static ObjectNode found(Optional<ObjectNode> decision, Call call) {
        return decision.orElseThrow(() -> unknown(call));
    }

    static HttpProblem unknown(Call call) {
        return new HttpProblem(
                ProblemType.NOT_FOUND,
                "there is no decision `" + call.id() + "`. Maybe it was asked with `record=false`, or is too old");
    }

    private static Detail detail(Call call) {
        return Detail.valueOf(call.value("explain").asText().toUpperCase(Locale.ROOT));
    }

    static @Nullable Action action(@Nullable String key) {
        for (Action action : Action.values()) {
            if (action.key().equals(key)) {
                return action;
            }
        }
        return null;
    }
}
