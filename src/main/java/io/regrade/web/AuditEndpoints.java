package io.regrade.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.regrade.ledger.AuditLog;
import io.regrade.ledger.Decisions;
import io.regrade.tlog.MalformedException;
import io.regrade.tlog.TilePath;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The audit log over HTTP, as tiles; receipts, and the erasure of payloads. */
final class AuditEndpoints {

    private static final String TEXT = "text/plain";
    private static final String BYTES = "application/octet-stream";
    private static final String FOREVER = "public, max-age=31536000, immutable";

    private final AuditLog log;
    private final Decisions decisions;

    AuditEndpoints(AuditLog log, Decisions decisions) {
        this.log = log;
        this.decisions = decisions;
    }

    Map<String, Endpoint> all() {
        return Map.of(
                "getCheckpoint", this::checkpoint,
                "getTile", this::tile,
                "getAuditKey", this::key,
                "getReceipt", this::receipt,
                "eraseVm", this::erase);
    }

    private CompletionStage<Answer> checkpoint(Call call) {
        return log.checkpoint().thenApply(text -> Answer.text(TEXT, text).with("Cache-Control", "no-cache"));
    }

    private CompletionStage<Answer> key(Call call) {
        return CompletableFuture.completedFuture(Answer.text(TEXT, log.key() + "\n"));
    }

    private CompletionStage<Answer> tile(Call call) {
        TilePath path;
        try {
            path = TilePath.parse("tile/" + call.value("tile").asText());
        } catch (MalformedException e) {
            throw new HttpProblem(ProblemType.NOT_FOUND, String.valueOf(e.getMessage()));
        }
        CompletionStage<Optional<byte[]>> bytes = path.isEntries()
                ? log.entries(path.index(), path.width())
                : log.tile(path.level(), path.index(), path.width());
        return bytes.thenApply(found -> Answer.bytes(
                        BYTES,
                        found.orElseThrow(() -> new HttpProblem(
                                ProblemType.NOT_FOUND, "the log is not that long. Maybe read its checkpoint first")))
                .with("Cache-Control", FOREVER));
    }

    private CompletionStage<Answer> receipt(Call call) {
        return log.receipt(call.id())
                .thenApply(found -> Answer.text(
                        TEXT,
                        found.orElseThrow(() ->
                                new HttpProblem(ProblemType.NOT_FOUND, "there is no decision `" + call.id() + "`"))));
    }

    private CompletionStage<Answer> erase(Call call) {
        String reason = call.read(body -> body.path("reason")).asText();
        return decisions
                .erase(call.id(), call.asker(), reason)
                .thenApply(erased -> Answer.json(
                        200,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put(
                                        "erased",
                                        erased.orElseThrow(() -> new HttpProblem(
                                                ProblemType.NOT_FOUND,
                                                "nothing is known of a machine `" + call.id()
                                                        + "`. Maybe it has another id")))));
    }
}
