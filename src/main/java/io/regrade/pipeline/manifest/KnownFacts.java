package io.regrade.pipeline.manifest;

import io.regrade.fact.Attribute;
import io.regrade.fact.Requirement;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Joins what manifests say with what is known of a machine: modules are added, features too, and what is unknown of the
 * machine is taken from what is declared. What is known stays: an order is older than an inventory.
 *
 * <p>That a library is needed is taken over only where its version can be compared, because a module of its name is
 * known: otherwise it is unknown whether it is installed, not missing.
 */
public final class KnownFacts {

    private KnownFacts() {}

    /** The facts with what the manifests add, in their order; the same when they add nothing. */
    public static VmFacts join(VmFacts facts, List<VmFacts> manifests) {
        if (manifests.isEmpty()) {
            return facts;
        }
        Vm vm = facts.vm();
        List<SoftwareModule> modules = new ArrayList<>(facts.modules());
        for (VmFacts manifest : manifests) {
            vm = completed(vm, manifest.vm());
            for (SoftwareModule module : manifest.modules()) {
                if (!modules.contains(module)) {
                    modules.add(module);
                }
            }
        }
        Set<SoftwareModule> given = Set.copyOf(facts.modules());
        List<SoftwareModule> comparable = modules.stream()
                .map(module -> given.contains(module) ? module : comparable(module, modules))
                .toList();
        return new VmFacts(
                vm,
                facts.usage(),
                comparable,
                facts.sla(),
                facts.redundancy(),
                facts.dismissals(),
                facts.counterOffer());
    }

    private static SoftwareModule comparable(SoftwareModule module, List<SoftwareModule> all) {
        List<Requirement> requires = module.requires().stream()
                .filter(one -> one.attribute() != Attribute.LIBRARY || isKnown(one.value(), all))
                .toList();
        return requires.size() == module.requires().size()
                ? module
                : new SoftwareModule(module.name(), module.version(), requires);
    }

    private static boolean isKnown(String library, List<SoftwareModule> all) {
        int dash = library.lastIndexOf('-');
        String name = dash < 0 ? library : library.substring(0, dash);
        return all.stream()
                .anyMatch(one -> one.version() != null
                        && (one.name().equalsIgnoreCase(name) || one.name().equalsIgnoreCase(library)));
    }

    private static Vm completed(Vm vm, Vm declared) {
        Set<String> features = new LinkedHashSet<>(vm.features());
        features.addAll(declared.features());
        return new Vm(
                vm.id(),
                vm.name(),
                vm.cloud(),
                vm.region(),
                vm.type(),
                vm.arch() == null ? declared.arch() : vm.arch(),
                vm.capacity().orElse(declared.capacity()),
                vm.os() == null ? declared.os() : vm.os(),
                features,
                vm.priceUsdHour(),
                vm.group(),
                vm.owner(),
                vm.tags());
    }
}
