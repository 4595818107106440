package io.regrade.engine.attack;

import io.regrade.fact.Capacity;
import io.regrade.fact.OperatingSystem;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Machines with as much software as joins of hostile rules like. */
final class Machines {

    private static final int MODULES = 400;

    private Machines() {}

    /** A machine of this name. */
    static VmFacts named(String name) {
        return named(name, "vm-" + name, Map.of("env", "prod"));
    }

    /** A machine of this name, whose tags tell hostile rules what they may harm. */
    static VmFacts named(String name, String id, Map<String, String> tags) {
        Vm vm = new Vm(
                id,
                name,
                "sample",
                "eu-1",
                "m4",
                "x86_64",
                new Capacity(4, 16, 100, 250, 3000, 5, 0),
                OperatingSystem.parse("rhel-9.4"),
                Set.of("selinux", "tpm"),
                0.2,
                null,
                "owner",
                tags);
        List<SoftwareModule> modules = IntStream.range(0, MODULES)
                .mapToObj(i -> new SoftwareModule(
                        "module-" + i, "1", List.of(Requirement.atLeast(Resource.CPU, 1, "module module-" + i))))
                .toList();
        return new VmFacts(vm, List.of(), modules, null, List.of());
    }
}
