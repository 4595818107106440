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
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a manifest says of one machine, as facts. */
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

    /** What a manifest adds to what is known of this machine: see {@link KnownFacts}. */
    public static VmFacts facts(Analysis analysis, Vm vm) {
        List<SoftwareModule> modules = new ArrayList<>();
        for (FoundModule found : analysis.modules()) {
            modules.add(found.fact());
        }
        return new VmFacts(machine(of(analysis, vm), vm.id()), List.of(), modules, null, List.of());
    }

    private static Vm machine(List<Declaration> declarations, String id) {
        Capacity capacity = Capacity.UNKNOWN;
        Set<String> features = new LinkedHashSet<>();
        String arch = null;
        OperatingSystem os = null;
        for (Declaration one : declarations) {
            Resource resource = one.attribute().resource();
            if (resource != null) {
                capacity = capacity.with(resource, one.amount());
            } else if (one.attribute() == Attribute.FEATURE) {
                features.add(one.value().toLowerCase(Locale.ROOT));
            } else if (one.attribute() == Attribute.ARCH) {
                arch = one.value();
            } else if (one.attribute() == Attribute.OS) {
                os = system(one.value());
            }
        }
        return new Vm(id, id, null, null, null, arch, capacity, os, features, Double.NaN, null, null, Map.of());
    }

    private static @Nullable OperatingSystem system(String text) {
        try {
            return OperatingSystem.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
