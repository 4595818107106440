package io.regrade.ledger;

import io.regrade.decision.CanonicalJson;
import io.regrade.decision.Decision;
import io.regrade.decision.FactJson;
import io.regrade.decision.Firing;
import io.regrade.decision.Phase;
import io.regrade.decision.PolicyRef;
import io.regrade.decision.Trace;
import io.regrade.fact.Action;
import io.regrade.fact.Capacity;
import io.regrade.fact.Choice;
import io.regrade.fact.Configuration;
import io.regrade.fact.Instantiation;
import io.regrade.fact.Need;
import io.regrade.fact.Projection;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decisions that advise something, to be stored. */
public final class Advised {

    public static final Instant AT = Instant.parse("2025-03-01T00:00:00Z");

    private Advised() {}

    /** A move to a target. */
    public static DecisionRecord move(String vm, String target, Instant at, double saving, Need... needs) {
        return record(vm, Action.RECLASSIFY, target, null, at, saving, List.of(), needs);
    }

    /** A move to a target at {@link #AT} and so many days. */
    public static DecisionRecord move(String vm, String target, int day) {
        return move(vm, target, AT.plusSeconds(86_400L * day), 50);
    }

    /** A machine with a name, an owner and tags. */
    public static Vm vm(String id, String name, String owner, Map<String, String> tags) {
        return new Vm(id, name, "aws", null, null, null, Capacity.UNKNOWN, null, Set.of(), 0.1, null, owner, tags);
    }

    /** A move of a machine to a target at {@link #AT} and so many days; its trace tells of the machine. */
    public static DecisionRecord move(Vm vm, String target, int day) {
        Trace trace =
                new Trace(List.of(new Firing(Phase.CHOOSE, "some-rule", List.of(vm), List.of(Choice.keep("it fits")))));
        return record(
                vm, Action.RECLASSIFY, target, null, AT.plusSeconds(86_400L * day), 50, List.of(), trace, new Need[0]);
    }

    /** It stays. */
    public static DecisionRecord keep(String vm, int day) {
        return record(vm, Action.KEEP, null, null, AT.plusSeconds(86_400L * day), 0, List.of());
    }

    /** It stays, because the evaluation failed. */
    public static DecisionRecord failed(String vm, int day) {
        return record(vm, Action.KEEP, null, null, AT.plusSeconds(86_400L * day), 0, List.of("a rule threw"));
    }

    /** Too little is known. */
    public static DecisionRecord unknown(String vm, int day) {
        return record(vm, Action.INSUFFICIENT_DATA, null, null, AT.plusSeconds(86_400L * day), 0, List.of());
    }

    /** A new machine with so much. */
    public static DecisionRecord make(String vm, double vcpu, double networkGbps, double price, int day) {
        Capacity capacity = Capacity.UNKNOWN
                .with(io.regrade.fact.Resource.CPU, vcpu)
                .with(io.regrade.fact.Resource.NETWORK, networkGbps);
        Instantiation made = new Instantiation(new Configuration(capacity, List.of()), price, Double.NaN);
        return record(vm, Action.INSTANTIATE, null, made, AT.plusSeconds(86_400L * day), 10, List.of());
    }

    private static DecisionRecord record(
            String vmId,
            Action action,
            @Nullable String targetId,
            @Nullable Instantiation made,
            Instant at,
            double saving,
            List<String> errors,
            Need... needs) {
        return record(vm(vmId, vmId, "jane", Map.of()), action, targetId, made, at, saving, errors, Trace.EMPTY, needs);
    }

    private static DecisionRecord record(
            Vm vm,
            Action action,
            @Nullable String targetId,
            @Nullable Instantiation made,
            Instant at,
            double saving,
            List<String> errors,
            Trace trace,
            Need... needs) {
        byte[] facts = CanonicalJson.bytes(FactJson.facts(new VmFacts(vm, List.of(), List.of(), null, List.of())));
        Decision decision = new Decision(
                UUID.randomUUID().toString().replace("-", ""),
                vm,
                action,
                "it saves " + saving,
                targetId == null ? null : projection(targetId, saving),
                made,
                73,
                saving,
                java.util.Arrays.stream(needs)
                        .map(need -> new Decision.Attributed<>("some-rule", need))
                        .toList(),
                List.of(),
                0,
                List.of(),
                List.of(),
                trace,
                new PolicyRef("standard", DecisionsContract.DIGEST),
                CanonicalJson.digest(facts),
                errors,
                at);
        Provenance provenance = new Provenance(
                decision.policy(),
                new TreeMap<>(Map.of("policy.yaml", "name: standard\n")),
                "sha256:" + "1".repeat(64),
                () -> new byte[] {'{', '}'},
                "regrade/test");
        return new DecisionRecord(decision, facts, provenance, new Asker("test", null, null), null, true);
    }

    private static Projection projection(String id, double saving) {
        Target target = new Target(
                id,
                Target.Kind.CLASS,
                "aws",
                null,
                id,
                null,
                Capacity.UNKNOWN,
                null,
                false,
                Set.of(),
                0.05,
                null,
                Map.of());
        return new Projection(target, List.of(), 0, null, 0, 36.5, Double.NaN, saving, 0, 0, Double.NaN, 0.5, null);
    }
}
