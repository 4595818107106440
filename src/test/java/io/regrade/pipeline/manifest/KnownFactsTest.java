package io.regrade.pipeline.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.fact.Capacity;
import io.regrade.fact.OperatingSystem;
import io.regrade.fact.Requirement;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownFactsTest {

    private static VmFacts machine(SoftwareModule... modules) {
        Vm vm = new Vm(
                "a",
                "a",
                null,
                null,
                null,
                null,
                Capacity.UNKNOWN,
                OperatingSystem.parse("rhel-9.4"),
                Set.of("selinux"),
                Double.NaN,
                null,
                null,
                Map.of());
        return new VmFacts(vm, List.of(), List.of(modules), null, List.of());
    }

    private static SoftwareModule program() {
        return new SoftwareModule(
                "train",
                null,
                List.of(
                        Requirement.parse("library=glibc-2.34", "module train"),
                        Requirement.parse("gpu>=1", "module train")));
    }

    private static List<String> requires(VmFacts facts, String module) {
        return facts.modules().stream()
                .filter(one -> one.name().equals(module))
                .flatMap(one -> one.requires().stream())
                .map(Requirement::text)
                .toList();
    }

    @Test
    void aLibrary_isRequiredOnlyWhereAVersionOfItIsKnown() {
        VmFacts silent = KnownFacts.join(machine(), List.of(machine(program())));
        VmFacts versioned =
                KnownFacts.join(machine(new SoftwareModule("glibc", "2.28", List.of())), List.of(machine(program())));

        assertThat(requires(silent, "train")).containsExactly("gpu>=1");
        assertThat(requires(versioned, "train")).containsExactly("library=glibc-2.34", "gpu>=1");
    }

    @Test
    void whatWasGivenWithTheMachine_staysAsItWasGiven() {
        VmFacts given = machine(program());

        assertThat(requires(KnownFacts.join(given, List.of(machine())), "train"))
                .containsExactly("library=glibc-2.34", "gpu>=1");
        assertThat(KnownFacts.join(given, List.of())).isSameAs(given);
        assertThat(KnownFacts.join(given, List.of(machine(program()))).modules())
                .containsExactly(program());
    }
}
