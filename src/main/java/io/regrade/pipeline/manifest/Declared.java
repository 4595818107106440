package io.regrade.pipeline.manifest;

import io.regrade.fact.Attribute;
import io.regrade.fact.Capacity;
import io.regrade.fact.OperatingSystem;
import io.regrade.fact.Resource;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.intake.manifest.found.Analysis;
import io.regrade.intake.manifest.found.Declaration;
import io.regrade.intake.manifest.found.FoundModule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Joins what manifests say with what is known of a machine: modules are added, and what is unknown of the machine is
 * taken from what is declared. What is known stays: an order is older than an inventory.
 */
public final class Declared {

    private Declared() {}

    /**
     * What a manifest declares of this machine: of the only one it describes, or of the one with its id or name. Nothing
     * when it describes several others.
     */
    static List<Declaration> of(Analysis analysis, Vm vm) {
        List<String> systems = analysis.systems();
        String mine = systems.size() == 1
                ? systems.get(0)
                : systems.stream()
                        .filter(name -> name.equals(vm.id()) || name.equals(vm.name()))
                        .findFirst()
                        .orElse(null);
        return analysis.declares().stream()
                .filter(one -> one.system().equals(mine))
                .toList();
    }

    /** The facts with what the manifests add; the same when they add nothing. */
    public static VmFacts join(VmFacts facts, List<Analysis> analyses) {
        if (analyses.isEmpty()) {
            return facts;
        }
        Vm vm = facts.vm();
        List<SoftwareModule> modules = new ArrayList<>(facts.modules());
        for (Analysis analysis : analyses) {
            vm = completed(vm, of(analysis, facts.vm()));
            for (FoundModule found : analysis.modules()) {
                SoftwareModule module = found.fact();
                if (!modules.contains(module)) {
                    modules.add(module);
                }
            }
        }
        return new VmFacts(vm, facts.usage(), modules, facts.sla(), facts.redundancy(), facts.dismissals());
    }

    private static Vm completed(Vm vm, List<Declaration> declarations) {
        if (declarations.isEmpty()) {
            return vm;
        }
        Capacity capacity = Capacity.UNKNOWN;
        Set<String> features = new LinkedHashSet<>(vm.features());
        String arch = vm.arch();
        OperatingSystem os = vm.os();
        for (Declaration one : declarations) {
            Resource resource = one.attribute().resource();
            if (resource != null) {
                capacity = capacity.with(resource, one.amount());
            } else if (one.attribute() == Attribute.FEATURE) {
                features.add(one.value().toLowerCase(Locale.ROOT));
            } else if (one.attribute() == Attribute.ARCH && arch == null) {
                arch = one.value();
            } else if (one.attribute() == Attribute.OS && os == null) {
                os = system(one.value());
            }
        }
        return new Vm(
                vm.id(),
                vm.name(),
                vm.cloud(),
                vm.region(),
                vm.type(),
                arch,
                vm.capacity().orElse(capacity),
                os,
                features,
                vm.priceUsdHour(),
                vm.group(),
                vm.owner(),
                vm.tags());
    }

    private static @Nullable OperatingSystem system(String text) {
        try {
            return OperatingSystem.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
