package io.regrade.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.ledger.Draft.Verb;
import io.regrade.ledger.DraftRun;
import io.regrade.ledger.DraftRun.Stop;
import io.regrade.ledger.Drafts;
import io.regrade.ledger.Drafts.Remark;
import io.regrade.pipeline.DraftJobs;
import io.regrade.pipeline.DraftJobs.Begun;
import io.regrade.pipeline.MeasuredOver;
import io.regrade.web.contract.Finding;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Checks, tests and measurements of drafts over HTTP. */
final class DraftRunEndpoints {

    private static final long WAIT_SECONDS = 60;

    private final Drafts drafts;
    private final DraftJobs jobs;

    DraftRunEndpoints(Drafts drafts, DraftJobs jobs) {
        this.drafts = drafts;
        this.jobs = jobs;
    }

    Map<String, Endpoint> all() {
        return Map.of(
                "checkDraft",
                call -> begin(call, Verb.CHECK),
                "testDraft",
                call -> begin(call, Verb.TEST),
                "measureDraft",
                call -> begin(call, Verb.IMPACT),
                "listDraftRuns",
                this::list,
                "getDraftRun",
                this::get,
                "followDraftRun",
                this::follow);
    }

    private CompletionStage<Answer> begin(Call call, Verb verb) {
        record Asked(Remark remark, MeasuredOver over) {}
        Asked asked = call.read(body -> new Asked(
                new Remark(call.asker(), body.path("comment").textValue()),
                new MeasuredOver(
                        body.path("of").asText().equals("decisions"), moment(body, "from"), moment(body, "until"))));
        boolean wait = call.value("wait").asBoolean();
        return jobs.begin(call.id(), verb, asked.over(), asked.remark()).thenCompose(found -> {
            Begun begun = found.orElseThrow(
                    () -> new HttpProblem(ProblemType.NOT_FOUND, "there is no draft `" + call.id() + "`"));
            return wait ? awaited(begun) : CompletableFuture.completedFuture(accepted(begun.run()));
        });
    }

    private static @Nullable Instant moment(JsonNode body, String field) {
        String text = body.path(field).textValue();
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw HttpProblem.invalid(List.of(
                    Finding.pointer("/" + field, "`" + text + "` is not a moment. Maybe `2026-01-31T00:00:00Z`")));
        }
    }

    private static CompletionStage<Answer> awaited(Begun begun) {
        return begun.end()
                .copy()
                .completeOnTimeout(begun.run(), WAIT_SECONDS, TimeUnit.SECONDS)
                .thenApply(run -> {
                    Stop stop = run.stop();
                    if (stop != null) {
                        throw new HttpProblem(ProblemType.STOPPED, stop.kind() + ": " + stop.detail());
                    }
                    return run.state().isOver() ? Answer.json(200, DraftJson.run(run)) : accepted(run);
                });
    }

    private static Answer accepted(DraftRun run) {
        return Answer.json(202, DraftJson.run(run)).with("Location", "/v1/drafts/" + run.draft() + "/runs/" + run.id());
    }

    private CompletionStage<Answer> list(Call call) {
        return drafts.byId(call.id()).thenCompose(found -> {
            DraftEndpoints.found(found, call);
            return jobs.of(call.id()).thenApply(runs -> {
                ObjectNode node = JsonNodeFactory.instance.objectNode();
                ArrayNode list = node.putArray("runs");
                runs.forEach(run -> list.add(DraftJson.run(run)));
                return Answer.json(200, node);
            });
        });
    }

    private CompletionStage<Answer> get(Call call) {
        return run(call).thenApply(run -> Answer.json(200, DraftJson.run(found(run, call))));
    }

    private CompletionStage<Answer> follow(Call call) {
        return run(call).thenApply(run -> {
            found(run, call);
            return Answer.events(() -> run(call).thenApply(now -> event(found(now, call))));
        });
    }

    private static Events.Event event(DraftRun run) {
        boolean last = run.state().isOver();
        return new Events.Event(last ? run.state().key() : "progress", DraftJson.run(run), last);
    }

    private CompletionStage<Optional<DraftRun>> run(Call call) {
        return jobs.byId(call.id(), call.value("run").asText());
    }

    private static DraftRun found(Optional<DraftRun> run, Call call) {
        return run.orElseThrow(() -> new HttpProblem(
                ProblemType.NOT_FOUND,
                "there is no run `" + call.value("run").asText() + "` of draft `" + call.id() + "`"));
    }
}
