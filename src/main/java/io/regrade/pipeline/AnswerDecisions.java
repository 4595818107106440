package io.regrade.pipeline;

import io.regrade.catalog.Catalog;
import io.regrade.decision.Decision;
import io.regrade.engine.PhaseWatch;
import io.regrade.fact.Target;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.DecisionRecord;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.InventorySnapshot;
import io.regrade.ledger.Provenance;
import io.regrade.ledger.Recommendations;
import io.regrade.metrics.RegradeMeters;
import io.regrade.pipeline.DecideRequest.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Answers what to do with machines that are given or held. A recorded decision is answered only once it lasts.
 * Thread-safe; one request sees one state of the inventory.
 */
public final class AnswerDecisions {

    private final Policies policies;
    private final Inventory inventory;
    private final Decisions decisions;
    private final Recommendations recommendations;
    private final RegradeMeters meters;
    private final PhaseWatch watch;
    private final HeldCatalogs catalogs;

    public AnswerDecisions(
            Policies policies,
            Inventory inventory,
            Decisions decisions,
            Recommendations recommendations,
            RegradeMeters meters) {
        this.policies = policies;
        this.inventory = inventory;
        this.decisions = decisions;
        this.recommendations = recommendations;
        this.meters = meters;
        this.watch = new PhaseTimers(meters);
        this.catalogs = new HeldCatalogs(watch);
    }

    /**
     * Decides, on the calling thread; the answers are in the order of the machines.
     *
     * @throws RefusedException when a machine or a policy is not known, with every reason
     */
    public CompletionStage<List<Decision>> answer(DecideRequest request) {
        try (PolicyLease lease = policies.lease(request.policy())) {
            return answer(request, lease.policy());
        }
    }

    private CompletionStage<List<Decision>> answer(DecideRequest request, ReadyPolicy policy) {
        InventorySnapshot state = inventory.snapshot();
        List<VmFacts> machines = machines(request.vms(), state);
        List<Target> targets = request.targets();
        DecideVm decide = targets == null ? catalogs.of(policy, state) : own(policy, targets, state);
        List<Decision> answers = new ArrayList<>(machines.size());
        Provenance provenance = decide.provenance();
        List<DecisionRecord> records = new ArrayList<>(machines.size());
        for (VmFacts given : machines) {
            boolean advice = targets == null && state.vm(given.vm().id()).isPresent();
            VmFacts facts = advice
                    ? given.dismissed(recommendations.dismissals(
                            given.vm().id(), request.time().at()))
                    : given;
            Decided decided = decide.decided(facts, request.time());
            meters.decided(decided.decision());
            answers.add(decided.decision());
            records.add(
                    new DecisionRecord(decided.decision(), decided.facts(), provenance, request.asker(), null, advice));
        }
        return request.record()
                ? decisions.save(records).thenApply(nothing -> answers)
                : CompletableFuture.completedFuture(answers);
    }

    private DecideVm own(ReadyPolicy policy, List<Target> targets, InventorySnapshot state) {
        Catalog catalog;
        try {
            catalog = Catalog.of(targets);
        } catch (IllegalArgumentException e) {
            throw RefusedException.invalid(Refusal.pointer("/targets", String.valueOf(e.getMessage())));
        }
        return new DecideVm(policy, catalog, state.pricing(), DecideVm.digest(catalog, state.pricing()), watch);
    }

    private static List<VmFacts> machines(List<Asked> asked, InventorySnapshot state) {
        List<Refusal> unknown = new ArrayList<>();
        List<VmFacts> machines = new ArrayList<>(asked.size());
        for (Asked one : asked) {
            if (one instanceof Asked.Given given) {
                machines.add(given.facts());
            } else if (one instanceof Asked.Held held) {
                state.vm(held.id())
                        .ifPresentOrElse(
                                machines::add,
                                () -> unknown.add(Refusal.pointer(
                                        held.pointer() + "/id",
                                        "no machine is held under `" + held.id()
                                                + "`. Maybe give its fields, or put it to `/v1/vms` first")));
            }
        }
        if (!unknown.isEmpty()) {
            throw RefusedException.invalid(unknown);
        }
        return HeldGroups.complete(machines, state);
    }
}
