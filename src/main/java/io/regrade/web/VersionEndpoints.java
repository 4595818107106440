package io.regrade.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.ledger.Drafts.Contents;
import io.regrade.ledger.Drafts.Remark;
import io.regrade.ledger.Page;
import io.regrade.ledger.PolicyHistory;
import io.regrade.ledger.PolicyVersion;
import io.regrade.pipeline.PolicyLife;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The versions of policies over HTTP: what decided when and why, their files, how they differ, and the way back. */
final class VersionEndpoints {

    private static final Listing LISTING = new Listing(
            "versions",
            List.of("policy", "digest", "active", "activated_at", "what", "by", "comment", "draft"),
            List.of(
                    "/policy",
                    "/digest",
                    "/active",
                    "/activations/0/at",
                    "/activations/0/what",
                    "/activations/0/by",
                    "/activations/0/comment",
                    "/activations/0/draft"));

    private final PolicyHistory history;
    private final PolicyLife life;

    VersionEndpoints(PolicyHistory history, PolicyLife life) {
        this.history = history;
        this.life = life;
    }

    Map<String, Endpoint> all() {
        return Map.of(
                "listVersions", this::list,
                "getVersion", this::get,
                "getVersionBundle", this::bundle,
                "getVersionFile", this::file,
                "diffVersions", this::diff,
                "rollbackPolicy", this::rollback);
    }

    private static String policy(Call call) {
        return call.value("name").asText();
    }

    private CompletionStage<Answer> list(Call call) {
        return history.list(
                        policy(call), call.text("cursor"), call.value("limit").asInt())
                .thenApply(page -> {
                    if (page.items().isEmpty() && call.text("cursor") == null) {
                        throw new HttpProblem(
                                ProblemType.NOT_FOUND, "no version of `" + policy(call) + "` ever decided");
                    }
                    List<ObjectNode> items =
                            page.items().stream().map(DraftJson::version).toList();
                    return LISTING.answer(
                            new Page<>(items, page.next()),
                            call.accepted(),
                            page.next() == null ? null : call.next(page.next()));
                });
    }

    private CompletionStage<Answer> get(Call call) {
        return version(call)
                .thenCompose(version -> history.contents(version.policy(), version.digest())
                        .thenApply(contents -> {
                            ObjectNode node = DraftJson.version(version);
                            ArrayNode files = node.putArray("files");
                            contents.ifPresent(one -> one.files().keySet().forEach(files::add));
                            return Answer.json(200, node);
                        }));
    }

    private CompletionStage<Answer> bundle(Call call) {
        return contents(call).thenApply(DraftFileEndpoints::archive);
    }

    private CompletionStage<Answer> file(Call call) {
        return contents(call).thenApply(contents -> DraftFileEndpoints.file(contents, call));
    }

    private CompletionStage<Answer> diff(Call call) {
        return history.contents(policy(call), call.value("from").asText())
                .thenCombine(
                        history.contents(policy(call), call.value("to").asText()),
                        (from, to) -> from.isPresent() && to.isPresent()
                                ? DraftFileEndpoints.diff(from, to, true, call)
                                : DraftFileEndpoints.diff(from, to, false, call));
    }

    private CompletionStage<Answer> rollback(Call call) {
        record Wanted(Optional<String> to, Remark remark) {}
        Wanted wanted = call.read(body -> new Wanted(
                Optional.ofNullable(body.path("to").textValue()),
                new Remark(call.asker(), body.path("comment").textValue())));
        return life.rollback(policy(call), wanted.to().orElse(null), wanted.remark())
                .thenApply(activation -> Answer.json(200, DraftJson.activation(activation)));
    }

    private CompletionStage<PolicyVersion> version(Call call) {
        String digest = call.value("digest").asText();
        return history.byDigest(policy(call), digest.startsWith("sha256:") ? digest : "sha256:" + digest)
                .thenApply(found -> found.orElseThrow(() -> new HttpProblem(
                        ProblemType.NOT_FOUND,
                        "there is no version `" + digest + "` of `" + policy(call) + "`, or more than one begins so")));
    }

    private CompletionStage<Contents> contents(Call call) {
        return version(call)
                .thenCompose(version -> history.contents(version.policy(), version.digest())
                        .thenApply(found -> found.orElseThrow(() -> new HttpProblem(
                                ProblemType.NOT_FOUND, "the files of `" + version.digest() + "` are not stored"))));
    }
}
