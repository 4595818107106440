package io.regrade.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.CanonicalJson;
import io.regrade.decision.DecisionJson;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.decision.PolicyRef;
import io.regrade.engine.BudgetBreach;
import io.regrade.ledger.Evidence;
import io.regrade.pipeline.Replay.Side;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Evaluates stored decisions again and says whether the same comes out, byte for byte. Thread-safe. */
public final class ReplayDecision {

    private final PastEvaluations past;

    /** Replays with policies and catalogues that are kept there. */
    public ReplayDecision(PastEvaluations past) {
        this.past = past;
    }

    /**
     * Evaluates the stored facts, with the stored catalogue, at the stored time.
     *
     * @param evidence the stored decision
     * @param other the policy to evaluate them by, which stays open meanwhile; null for the stored one
     * @throws EvidenceException when a part of the evidence is not what its digest says, or cannot be read
     */
    public Replay replay(Evidence evidence, @Nullable ReadyPolicy other) {
        try (PastEvaluations.Reopened reopened = past.open(evidence, other)) {
            ObjectNode then = reopened.decision().deepCopy();
            ObjectNode now =
                    DecisionJson.decision(reopened.decide().decide(reopened.facts(), reopened.time()), Detail.FULL);
            String storedPolicy = then.at("/policy/digest").asText();
            PolicyRef thenPolicy = new PolicyRef(then.at("/policy/name").asText(), storedPolicy);
            PolicyRef nowPolicy = new PolicyRef(
                    now.at("/policy/name").asText(), now.at("/policy/digest").asText());
            boolean samePolicy = storedPolicy.equals(nowPolicy.digest());
            String id = then.path("id").asText();
            if (!samePolicy) {
                then.remove(java.util.List.of("id", "policy"));
                now.remove(java.util.List.of("id", "policy"));
            }
            byte[] thenBytes = CanonicalJson.bytes(then);
            byte[] nowBytes = CanonicalJson.bytes(now);
            Differences differences =
                    Arrays.equals(thenBytes, nowBytes) ? Differences.NONE : Differences.between(then, now);
            return new Replay(
                    id,
                    reopened.facts().vm().id(),
                    samePolicy,
                    side(then, thenBytes, evidence.engine(), thenPolicy),
                    side(now, nowBytes, EngineVersion.current(), nowPolicy),
                    differences.first(),
                    differences.inAll(),
                    isStopped(then) || isStopped(now));
        }
    }

    private static boolean isStopped(ObjectNode decision) {
        for (JsonNode error : decision.path("errors")) {
            if (BudgetBreach.isMeasured(error.asText())) {
                return true;
            }
        }
        return false;
    }

    private static Side side(ObjectNode decision, byte[] content, String engine, PolicyRef policy) {
        JsonNode target = decision.at("/target/id");
        return new Side(
                CanonicalJson.digest(content),
                engine,
                policy,
                decision.path("action").asText(),
                target.isMissingNode() ? null : target.asText());
    }
}
