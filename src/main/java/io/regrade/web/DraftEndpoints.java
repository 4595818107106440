package io.regrade.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.ledger.Draft;
import io.regrade.ledger.Draft.State;
import io.regrade.ledger.Draft.Verb;
import io.regrade.ledger.Drafts;
import io.regrade.ledger.Drafts.Remark;
import io.regrade.ledger.Drafts.Said;
import io.regrade.ledger.Page;
import io.regrade.pipeline.EditDraft;
import io.regrade.pipeline.PolicyLife;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Drafts of policies and their life over HTTP. */
final class DraftEndpoints {

    static final String GZIP = "application/gzip";

    private static final Listing LISTING = new Listing(
            "drafts",
            DraftJson.columns(),
            DraftJson.columns().stream().map(column -> "/" + column).toList());

    private final Drafts drafts;
    private final EditDraft editing;
    private final PolicyLife life;
    private final int approvals;

    /**
     * Drafts over HTTP.
     *
     * @param approvals how many others than the authors have to approve
     */
    DraftEndpoints(Drafts drafts, EditDraft editing, PolicyLife life, int approvals) {
        this.drafts = drafts;
        this.editing = editing;
        this.life = life;
        this.approvals = approvals;
    }

    Map<String, Endpoint> all() {
        return Map.of(
                "createDraft",
                this::create,
                "listDrafts",
                this::list,
                "getDraft",
                this::get,
                "submitDraft",
                call -> say(call, Said.plain(Verb.SUBMIT, remark(call))),
                "approveDraft",
                call -> say(call, Said.approval(remark(call), approvals)),
                "rejectDraft",
                call -> say(call, Said.plain(Verb.REJECT, remark(call))),
                "withdrawDraft",
                call -> say(call, Said.plain(Verb.WITHDRAW, remark(call))),
                "activateDraft",
                this::activate);
    }

    /** Who asks, and why, as the body says. */
    private static Remark remark(Call call) {
        return call.read(body -> new Remark(call.asker(), body.path("comment").textValue()));
    }

    /** Who asks, and why, as the query says: where the body is a file. */
    static Remark asked(Call call) {
        return new Remark(call.asker(), call.text("comment"));
    }

    private CompletionStage<Answer> create(Call call) {
        String policy = call.value("name").asText();
        CompletionStage<Draft> made = call.mediaType().equals(GZIP)
                ? editing.create(policy, call.body(), asked(call))
                : call.read(body -> create(call, policy, body));
        return made.thenApply(draft -> Answer.json(201, DraftJson.whole(draft))
                .with("Location", "/v1/drafts/" + draft.id())
                .with("ETag", Preconditions.quoted(draft.tag())));
    }

    private CompletionStage<Draft> create(Call call, String policy, JsonNode body) {
        Map<String, Optional<String>> files = new HashMap<>();
        body.path("files")
                .properties()
                .forEach(file -> files.put(
                        file.getKey(), Optional.ofNullable(file.getValue().textValue())));
        Remark remark = new Remark(call.asker(), body.path("comment").textValue());
        return editing.create(policy, body.path("base").textValue(), files, remark);
    }

    private CompletionStage<Answer> list(Call call) {
        String state = call.text("state");
        Drafts.Query query = new Drafts.Query(
                call.text("policy"),
                state == null ? null : State.valueOf(state.toUpperCase(Locale.ROOT)),
                call.text("cursor"),
                call.value("limit").asInt());
        return drafts.list(query).thenApply(page -> {
            List<ObjectNode> items = page.items().stream().map(DraftJson::draft).toList();
            return LISTING.answer(
                    new Page<>(items, page.next()),
                    call.accepted(),
                    page.next() == null ? null : call.next(page.next()));
        });
    }

    private CompletionStage<Answer> get(Call call) {
        return drafts.byId(call.id()).thenApply(found -> {
            Draft draft = found(found, call);
            Answer answer = Preconditions.isKnown(call.text("If-None-Match"), draft.tag())
                    ? Answer.empty(304)
                    : Answer.json(200, DraftJson.whole(draft));
            return answer.with("ETag", Preconditions.quoted(draft.tag()));
        });
    }

    private CompletionStage<Answer> say(Call call, Said said) {
        return drafts.say(call.id(), said, Preconditions.of(call)).thenApply(found -> answer(found, call));
    }

    private CompletionStage<Answer> activate(Call call) {
        boolean supersede = call.read(body -> body.path("supersede").asBoolean());
        return life.activate(call.id(), remark(call), supersede, Preconditions.of(call))
                .thenApply(found -> answer(found, call));
    }

    /** A draft as it is now, with its tag. */
    static Answer answer(Optional<Draft> found, Call call) {
        Draft draft = found(found, call);
        return Answer.json(200, DraftJson.whole(draft)).with("ETag", Preconditions.quoted(draft.tag()));
    }

    static Draft found(Optional<Draft> draft, Call call) {
        return draft.orElseThrow(() -> new HttpProblem(ProblemType.NOT_FOUND, "there is no draft `" + call.id() + "`"));
    }
}
