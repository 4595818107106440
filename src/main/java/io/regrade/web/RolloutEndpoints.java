package io.regrade.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.PolicyRef;
import io.regrade.ledger.Asker;
import io.regrade.pipeline.LiveVersions;
import io.regrade.pipeline.Policies;
import io.regrade.pipeline.Rollout;
import io.regrade.pipeline.shadow.ShadowReport;
import io.regrade.pipeline.shadow.Shadows;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Versions on trial over HTTP: canaries and shadows. Steps wait for the ledger, and loading takes time: on workers. */
final class RolloutEndpoints {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** What a version that is loaded for it takes in memory, roughly. */
    private static final long BYTES = 10 << 20;

    private static final double ALL = 100;

    private final Policies policies;
    private final Rollout rollout;
    private final Shadows shadows;
    private final Workers workers;

    RolloutEndpoints(Policies policies, Rollout rollout, Shadows shadows, Workers workers) {
        this.policies = policies;
        this.rollout = rollout;
        this.shadows = shadows;
        this.workers = workers;
    }

    Map<String, Endpoint> all() {
        return Map.of(
                "getCanary", this::canary,
                "startCanary", this::startCanary,
                "promoteCanary", this::promoteCanary,
                "withdrawCanary", this::withdrawCanary,
                "getShadow", this::shadow,
                "startShadow", this::startShadow,
                "stopShadow", this::stopShadow);
    }

    private CompletionStage<Answer> canary(Call call) {
        LiveVersions live = live(call);
        if (live.canary() == null) {
            throw none(call, "canary");
        }
        return CompletableFuture.completedFuture(Answer.json(200, trial(live.canary(), live.share())));
    }

    private CompletionStage<Answer> startCanary(Call call) {
        live(call);
        JsonNode body = call.read(read -> read);
        Asker by = call.asker();
        return later(() ->
                trial(rollout.startCanary(name(call), body.path("digest").asText(), share(body), by), share(body)));
    }

    private CompletionStage<Answer> promoteCanary(Call call) {
        required(call, live(call).canary() != null, "canary");
        Asker by = call.asker();
        return later(() -> version(rollout.promoteCanary(name(call), by)));
    }

    private CompletionStage<Answer> withdrawCanary(Call call) {
        required(call, live(call).canary() != null, "canary");
        Asker by = call.asker();
        return later(() -> {
            rollout.withdrawCanary(name(call), by);
            return version(live(call).active().ref());
        });
    }

    private CompletionStage<Answer> shadow(Call call) {
        live(call);
        ShadowReport report = shadows.report(name(call)).orElseThrow(() -> none(call, "shadow"));
        return CompletableFuture.completedFuture(Answer.json(200, ShadowJson.write(report)));
    }

    private CompletionStage<Answer> startShadow(Call call) {
        live(call);
        JsonNode body = call.read(read -> read);
        Asker by = call.asker();
        return later(() ->
                trial(rollout.startShadow(name(call), body.path("digest").asText(), share(body), by), share(body)));
    }

    private CompletionStage<Answer> stopShadow(Call call) {
        live(call);
        ShadowReport report = shadows.report(name(call)).orElseThrow(() -> none(call, "shadow"));
        Asker by = call.asker();
        return later(() -> {
            rollout.stopShadow(name(call), by);
            return ShadowJson.write(report);
        });
    }

    private CompletionStage<Answer> later(Supplier<ObjectNode> step) {
        return workers.submit(BYTES, () -> CompletableFuture.completedFuture(Answer.json(200, step.get())));
    }

    private LiveVersions live(Call call) {
        return policies.versions(name(call))
                .orElseThrow(
                        () -> new HttpProblem(ProblemType.NOT_FOUND, "there is no policy `" + name(call) + "` here"));
    }

    private static void required(Call call, boolean there, String kind) {
        if (!there) {
            throw none(call, kind);
        }
    }

    private static HttpProblem none(Call call, String kind) {
        return new HttpProblem(ProblemType.NOT_FOUND, "`" + name(call) + "` has no " + kind);
    }

    private static String name(Call call) {
        return call.value("name").asText();
    }

    private static double share(JsonNode body) {
        return body.path("share").asDouble(ALL);
    }

    private static ObjectNode version(PolicyRef ref) {
        return JSON.objectNode().put("name", ref.name()).put("digest", ref.digest());
    }

    private static ObjectNode trial(PolicyRef ref, double share) {
        return version(ref).put("share", share);
    }
}
