package io.regrade.fact;

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
 */
public record VmFacts(
        Vm vm,
        List<Usage> usage,
        List<SoftwareModule> modules,
        @Nullable Sla sla,
        List<Redundancy> redundancy) {

    /** Copies the lists. */
    public VmFacts {
        usage = List.copyOf(usage);
        modules = List.copyOf(modules);
        redundancy = List.copyOf(redundancy);
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
