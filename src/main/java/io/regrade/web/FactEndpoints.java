package io.regrade.web;

import io.regrade.pipeline.Policies;
import io.regrade.pipeline.PolicyLease;
import io.regrade.pipeline.impact.ExportFacts;
import io.regrade.pipeline.impact.ExportFacts.Exported;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What machines are decided on over HTTP, so that whoever drafts a policy can measure it. */
final class FactEndpoints {

    /** What a page keeps in memory, roughly. */
    private static final long BYTES = 8 << 20;

    private final ExportFacts export;
    private final Policies policies;
    private final Workers workers;
    private final Clock clock;

    FactEndpoints(ExportFacts export, Policies policies, Workers workers, Clock clock) {
        this.export = export;
        this.policies = policies;
        this.workers = workers;
        this.clock = clock;
    }

    Map<String, Endpoint> all() {
        return Map.of("exportFacts", this::facts);
    }

    private CompletionStage<Answer> facts(Call call) {
        String cursor = call.text("cursor");
        int limit = call.value("limit").asInt();
        Instant from = call.moment("from");
        Instant until = call.moment("until");
        boolean past = "decisions".equals(call.text("of"));
        return workers.submit(BYTES, () -> {
            try (PolicyLease active = policies.lease(call.text("policy"))) {
                CompletionStage<Exported> page = past
                        ? export.past(active.policy(), from, until, cursor, limit)
                        : CompletableFuture.completedFuture(export.held(
                                active.policy(), clock.instant().truncatedTo(ChronoUnit.MILLIS), cursor, limit));
                return page.thenApply(one -> answer(call, one.lines(), one.next()));
            }
        });
    }

    private static Answer answer(Call call, byte[] lines, @Nullable String next) {
        Answer answer = Answer.bytes(Listing.NDJSON, lines);
        return next == null ? answer : answer.with("Link", "<" + call.next(next) + ">; rel=\"next\"");
    }
}
