package io.regrade.fact;

import static io.regrade.fact.Facts.capacity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactRecordsTest {

    @ParameterizedTest
    @EnumSource(Resource.class)
    void capacity_replacesAndCompletesOneAmount(Resource resource) {
        assertThat(Capacity.UNKNOWN.knows(resource)).isFalse();
        Capacity one = Capacity.UNKNOWN.with(resource, 3);
        assertThat(one.of(resource)).isEqualTo(3);
        for (Resource other : Resource.values()) {
            assertThat(one.knows(other)).isEqualTo(other == resource);
        }
        Capacity full = new Capacity(9, 9, 9, 9, 9, 9, 9);
        assertThat(one.orElse(full)).isEqualTo(full.with(resource, 3));
        assertThat(Capacity.UNKNOWN.with(resource, 0).orElse(full).of(resource)).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -1e-300, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void capacity_rejectsWhatNoMachineHas(double amount) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Capacity.UNKNOWN.with(Resource.GPU, amount))
                .withMessage("a capacity must be zero or more and finite, not `" + amount + "`");
    }

    @ParameterizedTest
    @EnumSource(Resource.class)
    void attribute_ofAResourceHasItsKey(Resource resource) {
        assertThat(Attribute.of(resource).resource()).isEqualTo(resource);
        assertThat(Attribute.byKey(resource.key())).contains(Attribute.of(resource));
    }

    @Test
    void attribute_ofAnUnknownKeyIsEmpty() {
        assertThat(Attribute.byKey("VCPU")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "openssl, true",
        "OpenSSL, true",
        "openssl-3, true",
        "openssl-3.0.7, true",
        "openssl-3.0.8, false",
        "openssl-1.1, true",
        "openssl-libs, false",
        "libressl, false",
    })
    void module_providesALibraryOfItsVersionOrOlder(String library, boolean provides) {
        assertThat(new SoftwareModule("openssl", "3.0.7", List.of()).provides(library))
                .isEqualTo(provides);
    }

    @Test
    void module_ofUnknownVersionProvidesNoCertainOne() {
        SoftwareModule module = new SoftwareModule("openssl", null, List.of());
        assertThat(module.provides("openssl")).isTrue();
        assertThat(module.provides("openssl-1")).isFalse();
    }

    @Test
    void module_whoseNameEndsLikeAVersionIsFoundByName() {
        assertThat(new SoftwareModule("gtk-3", "3.24", List.of()).provides("gtk-3"))
                .isTrue();
    }

    @Test
    void redundancy_sharesWhatTheGroupCarriesAmongThoseThatAreLeft() {
        Redundancy three = new Redundancy("web", 3, Resource.CPU, 12);
        assertThat(three.shareAfterLoss()).isEqualTo(6);
        assertThat(three.isAlone()).isFalse();
        assertThat(three.isLoadKnown()).isTrue();
        Redundancy one = new Redundancy("web", 1, Resource.CPU, 12);
        assertThat(one.isAlone()).isTrue();
        assertThat(one.shareAfterLoss()).isNaN();
        Redundancy unknown = new Redundancy("web", 3, Resource.CPU, Double.NaN);
        assertThat(unknown.isLoadKnown()).isFalse();
        assertThat(unknown.shareAfterLoss()).isNaN();
    }

    @ParameterizedTest
    @CsvSource({
        "2024-06-30T00:00:00Z, 0, false",
        "2024-06-30T23:59:59.999Z, 0, false",
        "2024-07-01T00:00:00Z, -1, true",
        "2024-06-29T23:59:59Z, 1, false",
        "2024-02-28T12:00:00Z, 123, false",
        "2025-06-30T00:00:00Z, -365, true",
    })
    void lifeCycle_lastsUntilTheEndOfItsLastDay(Instant at, long daysLeft, boolean ended) {
        LifeCycle cycle = LifeCycle.of("rhel-7", "2024-06-30", "rhel-9");
        EvaluationTime time = new EvaluationTime(at);
        assertThat(cycle.daysLeftAt(time)).isEqualTo(daysLeft);
        assertThat(cycle.hasEndedAt(time)).isEqualTo(ended);
        assertThat(time.daysUntil(LocalDate.of(2024, 6, 30))).isEqualTo(daysLeft);
    }

    @Test
    void sla_listsItsAlternativesInOrder() {
        Sla sla = sla(Set.of("gcp", "aws"), Set.of(), Set.of("m5"));
        assertThat(sla.clouds()).isEqualTo("aws|gcp");
        assertThat(sla.regions()).isEmpty();
        assertThat(sla.families()).isEqualTo("m5");
    }

    @Test
    void demand_tellsTheShareThatNothingAsksFor() {
        assertThat(new Demand(Resource.MEMORY, 16, 4, "me").spareShare()).isEqualTo(0.75);
        assertThat(new Demand(Resource.MEMORY, 4, 6, "me").spareShare()).isEqualTo(-0.5);
        assertThat(new Demand(Resource.MEMORY, 0, 6, "me").spareShare()).isNaN();
        assertThat(new Demand(Resource.MEMORY, Double.NaN, 6, "me").spareShare())
                .isNaN();
    }

    @Test
    void usage_coversAShareOfItsWindow() {
        Usage usage = Facts.usage(Resource.CPU, 1, 2, 14, 0.5);
        assertThat(usage.windowDays()).isEqualTo(14);
        assertThat(usage.coveredDays()).isEqualTo(7);
    }

    @Test
    void family_isTheTypeUpToItsFirstDot() {
        assertThat(Facts.vm("a", Capacity.UNKNOWN, null, 1).family()).isEqualTo("m5");
        assertThat(Facts.unknownVm("a").family()).isNull();
        assertThat(Facts.target("n2-standard-4", Capacity.UNKNOWN, null, 1).family())
                .isEqualTo("n2-standard-4");
    }

    @Test
    void vm_environmentIsItsTag() {
        Vm vm = Facts.vm("a", capacity(1, 2, 3), "rhel-7.9", 1);
        assertThat(vm.environment()).isEqualTo("default");
        assertThat(vm.osSeries()).isEqualTo("rhel-7");
        assertThat(vm.tag("data")).isEmpty();
        assertThat(Facts.unknownVm("b").osSeries()).isNull();
    }

    @Test
    void action_isWrittenWithDashes() {
        assertThat(Action.INSUFFICIENT_DATA.key()).isEqualTo("insufficient-data");
        assertThat(Action.KEEP.key()).isEqualTo("keep");
    }

    @Test
    void collections_areCopiedInOrderAndCannotBeChanged() {
        Set<String> features = new LinkedHashSet<>(List.of("tpm", "selinux"));
        Map<String, String> tags = new LinkedHashMap<>(Map.of("z", "1"));
        tags.put("a", "2");
        Vm vm = new Vm("a", "a", null, null, null, null, Capacity.UNKNOWN, null, features, 1, null, null, tags);
        Target target = new Target(
                "t", Target.Kind.MACHINE, null, null, null, null, Capacity.UNKNOWN, null, null, features, 1, 0, tags);
        List<SoftwareModule> modules = new ArrayList<>(List.of(new SoftwareModule("m", null, new ArrayList<>())));
        VmFacts facts = new VmFacts(vm, new ArrayList<>(), modules, null, new ArrayList<>());
        features.clear();
        tags.clear();
        modules.clear();
        assertThat(vm.features()).containsExactly("selinux", "tpm");
        assertThat(vm.tags().keySet()).containsExactly("a", "z");
        assertThat(target.isAvailable()).isFalse();
        assertThat(facts.modules()).hasSize(1);
        assertThat(facts.usage(Resource.CPU)).isNull();
        List<Collection<?>> all = List.of(
                vm.features(),
                vm.tags().entrySet(),
                target.features(),
                target.tags().entrySet(),
                facts.usage(),
                facts.modules(),
                facts.redundancy(),
                facts.modules().get(0).requires(),
                sla(new LinkedHashSet<>(List.of("b")), Set.of(), Set.of()).allowedClouds(),
                new Configuration(Capacity.UNKNOWN, new ArrayList<>()).qualities());
        for (Collection<?> collection : all) {
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> collection.add(null));
        }
    }

    private static Sla sla(Set<String> clouds, Set<String> regions, Set<String> families) {
        return new Sla(Double.NaN, Double.NaN, Double.NaN, clouds, regions, families, null);
    }
}
