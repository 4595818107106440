package io.regrade.pipeline;

import io.regrade.decision.PolicyRef;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.InventorySnapshot;
import io.regrade.ledger.Page;
import io.regrade.ledger.Recommendations;
import io.regrade.metrics.RegradeMeters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The machines that are held, to be looked at all together. Thread-safe. */
public final class HeldFleet {

    private static final int PAGE = 10_000;

    private final Policies policies;
    private final Inventory inventory;
    private final Recommendations recommendations;
    private final HeldCatalogs catalogs;

    public HeldFleet(Policies policies, Inventory inventory, Recommendations recommendations, RegradeMeters meters) {
        this.policies = policies;
        this.inventory = inventory;
        this.recommendations = recommendations;
        this.catalogs = new HeldCatalogs(new PhaseTimers(meters));
    }

    /** The ids of the targets that are held. */
    public Set<String> targets() {
        return inventory.snapshot().targets().stream()
                .map(target -> target.id())
                .collect(Collectors.toSet());
    }

    /**
     * The fleet as it is now, and what decides it from now on; to be closed.
     *
     * @param policy {@code name} or {@code name@digest}, null for the policy that each machine is for
     * @throws RefusedException when the policy is not known
     */
    public Question ask(@Nullable String policy) {
        InventorySnapshot state = inventory.snapshot();
        PolicySelection selection = policies.select(policy);
        try {
            return new Question(state, selection, catalogs.of(state));
        } catch (RuntimeException e) {
            selection.close();
            throw e;
        }
    }

    /** All machines of a state. */
    static List<VmFacts> all(InventorySnapshot state) {
        List<VmFacts> all = new ArrayList<>();
        String cursor = null;
        do {
            Page<VmFacts> page = state.vms(cursor, PAGE);
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return all;
    }

    /** One state of the fleet, and what decides it. Thread-safe. */
    public final class Question implements AutoCloseable {

        private final InventorySnapshot state;
        private final PolicySelection selection;
        private final DecisionBasis basis;
        private final Deciders deciders;

        private Question(InventorySnapshot state, PolicySelection selection, DecisionBasis basis) {
            this.state = state;
            this.selection = selection;
            this.basis = basis;
            this.deciders = new Deciders(selection, basis);
        }

        /** The policy that decides most. */
        public PolicyRef policy() {
            return selection.assignment().main();
        }

        /** How many machines there are. */
        public int count() {
            return state.vmCount();
        }

        /** All machines, with what their groups carry and what was said of the advice on them by then. */
        public List<VmFacts> machines(Instant at) {
            return HeldGroups.complete(all(state), state).stream()
                    .map(facts -> recommendations.said(facts, at))
                    .toList();
        }

        /** One machine that is held, with what its group carries and what was said of the advice on it by then. */
        public VmFacts machine(VmFacts held, Instant at) {
            return recommendations.said(
                    HeldGroups.complete(List.of(held), state).get(0), at);
        }

        /** What decides a machine. */
        public DecideVm decider(Vm vm) {
            return deciders.of(vm);
        }

        /** {@code sha256:…} over all targets with their prices, and the business model. */
        public String catalogDigest() {
            return basis.digest();
        }

        @Override
        public void close() {
            selection.close();
        }
    }
}
