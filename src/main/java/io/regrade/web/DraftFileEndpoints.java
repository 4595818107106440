package io.regrade.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.ledger.Draft;
import io.regrade.ledger.Draft.State;
import io.regrade.ledger.Drafts;
import io.regrade.ledger.Drafts.Contents;
import io.regrade.ledger.PolicyHistory;
import io.regrade.pipeline.EditDraft;
import io.regrade.pipeline.VersionDiff;
import io.regrade.policy.bundle.Bundle;
import io.regrade.policy.bundle.BundleArchive;
import io.regrade.web.contract.Finding;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The files of drafts over HTTP: one by one, all as an archive, and how they differ. */
final class DraftFileEndpoints {

    private static final String TEXT = "text/plain";

    private final Drafts drafts;
    private final PolicyHistory history;
    private final EditDraft editing;

    DraftFileEndpoints(Drafts drafts, PolicyHistory history, EditDraft editing) {
        this.drafts = drafts;
        this.history = history;
        this.editing = editing;
    }

    Map<String, Endpoint> all() {
        return Map.of(
                "getDraftBundle", this::bundle,
                "putDraftBundle", this::putBundle,
                "getDraftFile", this::file,
                "putDraftFile", this::putFile,
                "deleteDraftFile", this::deleteFile,
                "diffDraft", this::diff);
    }

    private CompletionStage<Answer> bundle(Call call) {
        return contents(call).thenApply(DraftFileEndpoints::archive);
    }

    private CompletionStage<Answer> putBundle(Call call) {
        return editing.replace(call.id(), call.body(), DraftEndpoints.asked(call), Preconditions.of(call))
                .thenApply(found -> DraftEndpoints.answer(found, call));
    }

    private CompletionStage<Answer> file(Call call) {
        return contents(call).thenApply(contents -> file(contents, call));
    }

    private CompletionStage<Answer> putFile(Call call) {
        String text;
        try {
            text = UTF_8.newDecoder().decode(ByteBuffer.wrap(call.body())).toString();
        } catch (CharacterCodingException e) {
            throw HttpProblem.invalid(List.of(Finding.pointer("", "the body is not UTF-8 text")));
        }
        return edit(call, Optional.of(text));
    }

    private CompletionStage<Answer> deleteFile(Call call) {
        return contents(call).thenCompose(contents -> {
            file(contents, call); // what is not there cannot be removed
            return edit(call, Optional.empty());
        });
    }

    private CompletionStage<Answer> edit(Call call, Optional<String> text) {
        return editing.edit(
                        call.id(),
                        call.value("path").asText(),
                        text,
                        DraftEndpoints.asked(call),
                        Preconditions.of(call))
                .thenApply(found -> DraftEndpoints.answer(found, call));
    }

    private CompletionStage<Answer> diff(Call call) {
        return drafts.byId(call.id()).thenCompose(found -> {
            Draft draft = DraftEndpoints.found(found, call);
            String from = call.text("from") == null ? draft.base() : call.text("from");
            CompletionStage<Optional<Contents>> before = from == null
                    ? CompletableFuture.completedFuture(
                            Optional.of(new Contents("none", new java.util.TreeMap<>(), null)))
                    : history.contents(draft.policy(), from);
            // Until a check has come to its end within its limits, nothing here looks into the files.
            boolean deep = draft.state() != State.DRAFT;
            return before.thenCombine(
                    history.contents(draft.policy(), draft.digest()), (one, other) -> diff(one, other, deep, call));
        });
    }

    /** How two versions differ, in the form that is asked for. */
    static Answer diff(Optional<Contents> from, Optional<Contents> to, boolean deep, Call call) {
        VersionDiff diff = VersionDiff.of(stored(from, "from"), stored(to, "to"), deep);
        return call.accepted().equals(TEXT) ? Answer.text(TEXT, diff.text()) : Answer.json(200, diff.json());
    }

    private static Contents stored(Optional<Contents> contents, String parameter) {
        return contents.orElseThrow(() ->
                new HttpProblem(ProblemType.NOT_FOUND, "the version that `" + parameter + "` names is not stored"));
    }

    private CompletionStage<Contents> contents(Call call) {
        return drafts.byId(call.id()).thenCompose(found -> {
            Draft draft = DraftEndpoints.found(found, call);
            return history.contents(draft.policy(), draft.digest())
                    .thenApply(files ->
                            new Contents(draft.digest(), stored(files, "id").files(), draft.manifest()));
        });
    }

    /** The files as an archive. */
    static Answer archive(Contents contents) {
        byte[] bytes = BundleArchive.write(new Bundle(contents.files(), contents.manifest()));
        return Answer.bytes(DraftEndpoints.GZIP, bytes)
                .with(
                        "Content-Disposition",
                        "attachment; filename=\"policy-" + contents.digest().substring(7, 19) + ".tar.gz\"");
    }

    /** One of the files. */
    static Answer file(Contents contents, Call call) {
        String path = call.value("path").asText();
        String text = contents.files().get(path);
        if (text == null) {
            throw new HttpProblem(ProblemType.NOT_FOUND, "there is no file `" + path + "` in it");
        }
        return Answer.text(TEXT, text);
    }
}
