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
import io.regrade.ledger.Recommendations;
import io.regrade.metrics.RegradeMeters;
import io.regrade.pipeline.DecideRequest.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

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
    private final LiveTraffic traffic;

    /** Answers; {@code traffic} is told of each decision. */
    public AnswerDecisions(
            Policies policies,
            Inventory inventory,
            Decisions decisions,
            Recommendations recommendations,
            RegradeMeters meters,
            LiveTraffic traffic) {
        this.policies = policies;
        this.inventory = inventory;
        this.decisions = decisions;
        this.recommendations = recommendations;
        this.meters = meters;
        this.watch = new PhaseTimers(meters);
        this.catalogs = new HeldCatalogs(watch);
        this.traffic = traffic;
    }

    /**
     * Decides, on the calling thread; the answers are in the order of the machines.
     *
     * @throws RefusedException when a machine or a policy is not known, with every reason
     */
    public CompletionStage<List<Decision>> answer(DecideRequest request) {
        try (PolicySelection selection = policies.select(request.policy())) {
            return answer(request, selection);
        }
    }

    private CompletionStage<List<Decision>> answer(DecideRequest request, PolicySelection selection) {
        InventorySnapshot state = inventory.snapshot();
        List<VmFacts> machines = machines(request.vms(), state);
        List<Target> targets = request.targets();
        Deciders deciders = new Deciders(selection, basis(targets, state));
        List<Decision> answers = new ArrayList<>(machines.size());
        List<DecisionRecord> records = new ArrayList<>(machines.size());
        for (VmFacts given : machines) {
            boolean advice = targets == null && state.vm(given.vm().id()).isPresent();
            VmFacts facts = advice ? recommendations.said(given, request.time().at()) : given;
            DecideVm decide = deciders.of(facts.vm());
            Decided decided = decide.decided(facts, request.time());
            traffic.decided(facts, request.time(), decided.decision(), decide);
            meters.decided(decided.decision());
            answers.add(decided.decision());
            records.add(new DecisionRecord(
                    decided.decision(), decided.facts(), decide.provenance(), request.asker(), null, advice));
        }
        return request.record()
                ? decisions.save(records).thenApply(nothing -> answers)
                : CompletableFuture.completedFuture(answers);
    }

    private DecisionBasis basis(@Nullable List<Target> targets, InventorySnapshot state) {
        if (targets == null) {
            return catalogs.of(state);
        }
        try {
            return DecisionBasis.of(Catalog.of(targets), state.pricing(), watch);
        } catch (IllegalArgumentException e) {
            throw RefusedException.invalid(Refusal.pointer("/targets", String.valueOf(e.getMessage())));
        }
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
