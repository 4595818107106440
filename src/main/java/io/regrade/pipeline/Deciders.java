package io.regrade.pipeline;

import io.regrade.fact.Vm;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What decides each machine of one request or evaluation: its version, on one catalogue. Thread-safe. */
final class Deciders {

    private final PolicySelection selection;
    private final DecisionBasis basis;
    private final Map<ReadyPolicy, DecideVm> prepared = new ConcurrentHashMap<>();

    Deciders(PolicySelection selection, DecisionBasis basis) {
        this.selection = selection;
        this.basis = basis;
    }

    DecideVm of(Vm vm) {
        return prepared.computeIfAbsent(selection.of(vm), basis::by);
    }
}
