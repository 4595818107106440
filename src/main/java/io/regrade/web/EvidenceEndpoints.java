package io.regrade.web;

import io.regrade.ledger.Decisions;
import io.regrade.ledger.Evidence;
import io.regrade.pipeline.Counterfactuals;
import io.regrade.pipeline.CounterfactualsJson;
import io.regrade.pipeline.CounterfactualsText;
import io.regrade.pipeline.EvidenceJson;
import io.regrade.pipeline.ExplainTarget;
import io.regrade.pipeline.FindCounterfactuals;
import io.regrade.pipeline.FindCounterfactuals.Asked;
import io.regrade.pipeline.PastEvaluations;
import io.regrade.pipeline.Policies;
import io.regrade.pipeline.PolicyLease;
import io.regrade.pipeline.ReplayDecision;
import io.regrade.pipeline.WhyNot;
import io.regrade.pipeline.WhyNotJson;
import io.regrade.pipeline.WhyNotText;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What stored decisions were made of, and what comes of making them again. Evaluates on workers. */
final class EvidenceEndpoints {

    /** What one evaluation keeps in memory, roughly. */
    private static final long BYTES = 1 << 20;

    private static final String TEXT = "text/plain";

    private final Decisions decisions;
    private final Policies policies;
    private final Workers workers;
    private final ReplayDecision replays;
    private final ExplainTarget targets;
    private final FindCounterfactuals turns;

    EvidenceEndpoints(Decisions decisions, Policies policies, PastEvaluations past, Workers workers) {
        this.decisions = decisions;
        this.policies = policies;
        this.workers = workers;
        this.replays = new ReplayDecision(past);
        this.targets = new ExplainTarget(past);
        this.turns = new FindCounterfactuals(past);
    }

    Map<String, Endpoint> all() {
        return Map.of(
                "getEvidence",
                this::evidence,
                "replay",
                this::replay,
                "whyNot",
                this::whyNot,
                "counterfactuals",
                this::counterfactuals);
    }

    private CompletionStage<Answer> evidence(Call call) {
        return with(call, evidence -> Answer.json(200, EvidenceJson.write(evidence)));
    }

    private CompletionStage<Answer> replay(Call call) {
        String other = call.text("policy");
        return with(call, evidence -> {
            if (other == null) {
                return Answer.json(200, replays.replay(evidence, null).json());
            }
            try (PolicyLease lease = policies.lease(other)) {
                return Answer.json(200, replays.replay(evidence, lease.policy()).json());
            }
        });
    }

    private CompletionStage<Answer> whyNot(Call call) {
        return with(call, evidence -> {
            WhyNot answer = targets.whyNot(evidence, call.value("target").asText());
            return call.accepted().equals(TEXT)
                    ? Answer.text(TEXT, WhyNotText.write(answer))
                    : Answer.json(200, WhyNotJson.write(answer));
        });
    }

    private CompletionStage<Answer> counterfactuals(Call call) {
        Asked asked = new Asked(call.text("fact"), call.value("limit").asInt());
        return with(call, evidence -> {
            Counterfactuals answer = turns.find(evidence, asked);
            return call.accepted().equals(TEXT)
                    ? Answer.text(TEXT, CounterfactualsText.write(answer))
                    : Answer.json(200, CounterfactualsJson.write(answer));
        });
    }

    private CompletionStage<Answer> with(Call call, Function<Evidence, Answer> work) {
        return decisions.evidence(call.id()).thenCompose(found -> {
            Evidence evidence = found.orElseThrow(() -> DecisionEndpoints.unknown(call));
            return workers.submit(BYTES, () -> CompletableFuture.completedFuture(work.apply(evidence)));
        });
    }
}
