package io.regrade.pipeline;

import io.regrade.decision.PolicyRef;
import io.regrade.fact.Vm;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Which version decides which machine, and those versions, which stay open until this is closed: what one request or
 * evaluation decides by from its beginning to its end. {@link #of} is thread-safe.
 */
public final class PolicySelection implements AutoCloseable {

    private final Assignment assignment;
    private final Map<PolicyRef, PolicyLease> leases;

    PolicySelection(Assignment assignment, Map<PolicyRef, PolicyLease> leases) {
        this.assignment = assignment;
        this.leases = new HashMap<>(leases);
    }

    /** The version that decides a machine. */
    public ReadyPolicy of(Vm vm) {
        return Objects.requireNonNull(leases.get(assignment.of(vm))).policy();
    }

    Assignment assignment() {
        return assignment;
    }

    @Override
    public void close() {
        leases.values().forEach(PolicyLease::close);
    }
}
