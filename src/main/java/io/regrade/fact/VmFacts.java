package io.regrade.fact;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known about one virtual machine before it is decided.
 *
 * @param vm the machine
 * @param usage what it used, at most one for each resource
 * @param modules the software on it
 * @param sla what was agreed, null when nothing was
 * @param redundancy what its group carries; empty when it has no group
 * @param dismissals the advice on it that was dismissed and may still be; in the order of their targets
 * @param counterOffer what was wanted instead of what was offered, null when nothing was
 */
public record VmFacts(
        Vm vm,
        List<Usage> usage,
        List<SoftwareModule> modules,
        @Nullable Sla sla,
        List<Redundancy> redundancy,
        List<Dismissal> dismissals,
        @Nullable CounterOffer counterOffer) {

    private static final Comparator<Dismissal> IN_ORDER = Comparator.comparing(Dismissal::action)
            .thenComparing(one -> String.valueOf(one.target()))
            .thenComparing(Dismissal::until)
            .thenComparing(Dismissal::by)
            .thenComparing(Dismissal::reason);

    /** A machine of whose advice nothing was said. */
    public VmFacts(
            Vm vm, List<Usage> usage, List<SoftwareModule> modules, @Nullable Sla sla, List<Redundancy> redundancy) {
        this(vm, usage, modules, sla, redundancy, List.of(), null);
    }

    /** Copies the lists. */
    public VmFacts {
        usage = List.copyOf(usage);
        modules = List.copyOf(modules);
        redundancy = List.copyOf(redundancy);
        dismissals = dismissals.stream().sorted(IN_ORDER).toList();
    }

    /** The same machine with what was said of the advice on it. */
    public VmFacts said(List<Dismissal> dismissed, @Nullable CounterOffer wanted) {
        return dismissed.equals(dismissals) && Objects.equals(wanted, counterOffer)
                ? this
                : new VmFacts(vm, usage, modules, sla, redundancy, dismissed, wanted);
    }

    /** The same machine with what was measured of it. */
    public VmFacts measured(List<Usage> other) {
        return new VmFacts(vm, other, modules, sla, redundancy, dismissals, counterOffer);
    }

    /** What it used of one resource, or null when that was not measured. */
    public @Nullable Usage usage(Resource resource) {
        for (Usage one : usage) {
            if (one.resource() == resource) {
                return one;
            }
        }
        return null;
    }
}
