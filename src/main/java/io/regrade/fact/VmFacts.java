package io.regrade.fact;

import java.util.Comparator;
import java.util.List;
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
 */
public record VmFacts(
        Vm vm,
        List<Usage> usage,
        List<SoftwareModule> modules,
        @Nullable Sla sla,
        List<Redundancy> redundancy,
        List<Dismissal> dismissals) {

    private static final Comparator<Dismissal> IN_ORDER = Comparator.comparing(Dismissal::action)
            .thenComparing(one -> String.valueOf(one.target()))
            .thenComparing(Dismissal::until)
            .thenComparing(Dismissal::by)
            .thenComparing(Dismissal::reason);

    /** A machine of whose advice nothing was dismissed. */
    public VmFacts(
            Vm vm, List<Usage> usage, List<SoftwareModule> modules, @Nullable Sla sla, List<Redundancy> redundancy) {
        this(vm, usage, modules, sla, redundancy, List.of());
    }

    /** Copies the lists. */
    public VmFacts {
        usage = List.copyOf(usage);
        modules = List.copyOf(modules);
        redundancy = List.copyOf(redundancy);
        dismissals = dismissals.stream().sorted(IN_ORDER).toList();
    }

    /** The same machine with what was dismissed. */
    public VmFacts dismissed(List<Dismissal> other) {
        return other.equals(dismissals) ? this : new VmFacts(vm, usage, modules, sla, redundancy, other);
    }

    /** The same machine with what was measured of it. */
    public VmFacts measured(List<Usage> other) {
        return new VmFacts(vm, other, modules, sla, redundancy, dismissals);
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
