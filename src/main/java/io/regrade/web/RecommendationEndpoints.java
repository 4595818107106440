package io.regrade.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.fact.Numbers;
import io.regrade.ledger.Page;
import io.regrade.ledger.Recommendation;
import io.regrade.ledger.Recommendation.State;
import io.regrade.ledger.Recommendation.Verb;
import io.regrade.ledger.Recommendations;
import io.regrade.ledger.Recommendations.Query;
import io.regrade.ledger.Recommendations.Said;
import io.regrade.web.contract.Finding;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Recommendations over HTTP. */
final class RecommendationEndpoints {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Listing LISTING = new Listing(
            "recommendations",
            List.of(
                    "id",
                    "vm",
                    "state",
                    "action",
                    "target",
                    "owner",
                    "cloud",
                    "price_usd_month_now",
                    "saving_usd_month",
                    "opened_at",
                    "confirmed_at",
                    "until",
                    "by",
                    "reason",
                    "decision",
                    "why"),
            List.of(
                    "/id",
                    "/vm",
                    "/state",
                    "/action",
                    "/target/id",
                    "/owner",
                    "/cloud",
                    "/price_usd_month_now",
                    "/saving_usd_month",
                    "/opened_at",
                    "/confirmed_at",
                    "/until",
                    "/by",
                    "/reason",
                    "/decision",
                    "/why"));

    /** What RFC 3339 can write, and the database can keep. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private final Recommendations recommendations;
    private final ExecutionEndpoints executions;
    private final Clock clock;

    RecommendationEndpoints(Recommendations recommendations, ExecutionEndpoints executions, Clock clock) {
        this.recommendations = recommendations;
        this.executions = executions;
        this.clock = clock;
    }

    Map<String, Endpoint> all() {
        return Map.of(
                "listRecommendations",
                this::list,
                "getRecommendation",
                this::get,
                "approveRecommendation",
                call -> say(call, Verb.APPROVE),
                "dismissRecommendation",
                call -> say(call, Verb.DISMISS),
                "snoozeRecommendation",
                call -> say(call, Verb.SNOOZE),
                "executeRecommendation",
                this::execute);
    }

    /** Has it carried out, or only records that somebody did it by hand. */
    private CompletionStage<Answer> execute(Call call) {
        boolean byHand = call.read(body -> body.path("by_hand").asBoolean());
        return byHand ? say(call, Verb.EXECUTE) : executions.begin(call);
    }

    private CompletionStage<Answer> list(Call call) {
        String state = call.text("state");
        JsonNode saving = call.optional("min_saving_usd_month");
        Query query = new Query(
                call.text("vm"),
                state == null ? null : State.valueOf(state.toUpperCase(Locale.ROOT)),
                DecisionEndpoints.action(call.text("action")),
                call.text("owner"),
                call.text("cloud"),
                saving == null ? null : saving.doubleValue(),
                call.text("cursor"),
                call.value("limit").asInt());
        return recommendations.list(query).thenApply(page -> {
            List<ObjectNode> items =
                    page.items().stream().map(RecommendationEndpoints::json).toList();
            return LISTING.answer(
                    new Page<>(items, page.next()),
                    call.accepted(),
                    page.next() == null ? null : call.next(page.next()));
        });
    }

    private CompletionStage<Answer> get(Call call) {
        return recommendations.byId(call.id()).thenApply(found -> {
            Recommendation one = found(found, call);
            Answer answer = Preconditions.isKnown(call.text("If-None-Match"), one.tag())
                    ? Answer.empty(304)
                    : Answer.json(200, whole(one));
            return answer.with("ETag", Preconditions.quoted(one.tag()));
        });
    }

    private CompletionStage<Answer> say(Call call, Verb verb) {
        Said said = call.read(body -> said(call, body, verb));
        return recommendations
                .say(call.id(), said, Preconditions.of(call))
                .thenApply(found -> Answer.json(200, whole(found(found, call)))
                        .with("ETag", Preconditions.quoted(found(found, call).tag())));
    }

    private Said said(Call call, JsonNode body, Verb verb) {
        String reason = body.path("reason").textValue();
        String until = body.path("until").textValue();
        return new Said(verb, call.asker(), reason, until == null ? null : future(until));
    }

    /** A moment to come. */
    private Instant future(String text) {
        Instant until =
                Moment.read(text, message -> Finding.pointer("/until", message)).truncatedTo(ChronoUnit.MILLIS);
        if (until.isAfter(LAST)) {
            throw HttpProblem.invalid(List.of(
                    Finding.pointer("/until", "`" + text + "` is after the year 9999. Maybe `9999-12-31T00:00:00Z`")));
        }
        if (!until.isAfter(clock.instant())) {
            throw HttpProblem.invalid(
                    List.of(Finding.pointer("/until", "`" + text + "` has passed. Maybe a moment to come")));
        }
        return until;
    }

    private static Recommendation found(Optional<Recommendation> recommendation, Call call) {
        return recommendation.orElseThrow(
                () -> new HttpProblem(ProblemType.NOT_FOUND, "there is no recommendation `" + call.id() + "`"));
    }

    private static ObjectNode whole(Recommendation one) {
        ObjectNode node = json(one);
        ArrayNode allowed = node.putArray("allowed");
        one.allowed().forEach(verb -> allowed.add(verb.key()));
        ArrayNode history = node.putArray("history");
        for (Recommendation.Step step : one.history()) {
            ObjectNode object = history.addObject();
            object.put("what", step.what());
            object.put("by", step.by());
            object.put("at", step.at().toString());
            put(object, "decision", step.decision());
            put(object, "reason", step.reason());
            put(object, "until", step.until());
        }
        return node;
    }

    private static ObjectNode json(Recommendation one) {
        ObjectNode node = JSON.objectNode();
        node.put("id", one.id());
        node.put("vm", one.vm());
        node.put("state", one.state().key());
        node.put("action", one.action().key());
        if (one.advice() != null) {
            node.setAll(one.advice());
        }
        if (!Double.isNaN(one.savingUsdMonth())) {
            node.put("saving_usd_month", Numbers.significant(one.savingUsdMonth()));
        }
        put(node, "owner", one.owner());
        put(node, "cloud", one.cloud());
        node.put("decision", one.decision());
        node.put("decided_at", one.decidedAt().toString());
        node.put("opened_at", one.openedAt().toString());
        node.put("confirmed_at", one.confirmedAt().toString());
        node.put("confirmations", one.confirmations());
        put(node, "until", one.until());
        put(node, "by", one.by());
        put(node, "reason", one.reason());
        put(node, "superseded_by", one.supersededBy());
        if (one.erased()) {
            node.put("erased", true);
        }
        return node;
    }

    private static void put(ObjectNode node, String field, @Nullable Object value) {
        if (value != null) {
            node.put(field, value.toString());
        }
    }
}
