package io.regrade.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.pipeline.LiveVersions;
import io.regrade.pipeline.Policies;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.policy.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Policies, probes and metrics over HTTP. */
final class OperationEndpoints {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String PROMETHEUS = "text/plain; version=0.0.4";

    private final Policies policies;
    private final List<HealthCheck> checks;
    private final Supplier<String> scrape;

    OperationEndpoints(Policies policies, List<HealthCheck> checks, Supplier<String> scrape) {
        this.policies = policies;
        this.checks = List.copyOf(checks);
        this.scrape = scrape;
    }

    Map<String, Endpoint> all() {
        return Map.of(
                "listPolicies", this::listPolicies, "live", this::live, "ready", this::ready, "metrics", this::metrics);
    }

    /** Whether everything holds that must hold for the server to be ready. */
    boolean isReady() {
        return checks.stream()
                .filter(HealthCheck::needed)
                .allMatch(check -> check.problem().get().isEmpty());
    }

    private CompletionStage<Answer> listPolicies(Call call) {
        ObjectNode node = JSON.objectNode();
        ArrayNode list = node.putArray("policies");
        for (LiveVersions versions : policies.versions()) {
            ReadyPolicy policy = versions.active();
            ObjectNode one = list.addObject();
            one.put("name", policy.bundle().name());
            one.put("description", policy.bundle().description().strip());
            one.put("digest", policy.bundle().digest());
            one.put("default", policy.ref().name().equals(policies.defaultName()));
            one.put("rules", policy.rules().size());
            ArrayNode before = one.putArray("before");
            versions.before().forEach(version -> before.add(version.digest()));
            if (versions.canary() != null) {
                ObjectNode canary = one.putObject("canary");
                canary.put("digest", versions.canary().digest());
                canary.put("share", versions.share());
            }
            ArrayNode parameters = one.putArray("parameters");
            for (Parameter parameter : policy.bundle().parameters()) {
                ObjectNode object = parameters.addObject();
                object.put("name", parameter.name());
                object.put("description", parameter.description());
                object.put("unit", parameter.unit());
                object.put("default", parameter.defaultValue());
                object.put("min", parameter.min());
                object.put("max", parameter.max());
            }
        }
        return now(Answer.json(200, node));
    }

    private CompletionStage<Answer> live(Call call) {
        return now(Answer.json(200, JSON.objectNode().put("status", "up")));
    }

    private CompletionStage<Answer> ready(Call call) {
        ObjectNode node = JSON.objectNode();
        ArrayNode list = JSON.arrayNode();
        boolean up = true;
        for (HealthCheck check : checks) {
            Optional<String> problem = check.problem().get();
            up &= problem.isEmpty() || !check.needed();
            ObjectNode one = list.addObject();
            one.put("name", check.name());
            one.put("status", problem.isEmpty() ? "up" : check.needed() ? "down" : "warning");
            problem.ifPresent(detail -> one.put("detail", detail));
        }
        node.put("status", up ? "up" : "down");
        if (!up || call.value("verbose").asBoolean()) {
            node.set("checks", list);
        }
        return now(Answer.json(up ? 200 : 503, node));
    }

    private CompletionStage<Answer> metrics(Call call) {
        return now(Answer.text(PROMETHEUS, scrape.get()));
    }

    private static CompletionStage<Answer> now(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
