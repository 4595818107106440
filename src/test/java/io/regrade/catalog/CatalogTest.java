package io.regrade.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regrade.fact.Attribute;
import io.regrade.fact.Capacity;
import io.regrade.fact.Configuration;
import io.regrade.fact.OperatingSystem;
import io.regrade.fact.Requirement;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CatalogTest {

    private static final Target SMALL = Targets.of("small", 2, 8, 0.1);
    private static final Target LARGE = Targets.of("large", 8, 32, 0.4);
    private static final Target LARGE_TOO = Targets.of("extra", 8, 32, 0.4);
    private static final Target UNPRICED = Targets.of("barter", 16, 64, Double.NaN);

    @Test
    void targets_ofEqualOrUnknownPrice_areInOrderOfPriceThenId() {
        Catalog catalog = Catalog.of(List.of(UNPRICED, LARGE, LARGE_TOO, SMALL));
        assertThat(catalog.targets()).containsExactly(SMALL, LARGE_TOO, LARGE, UNPRICED);
        assertThat(catalog.size()).isEqualTo(4);
    }

    @Test
    void of_sameIdTwice_isRefusedByName() {
        assertThatThrownBy(() -> Catalog.of(List.of(SMALL, Targets.of("small", 1, 1, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the target `small` is given twice");
    }

    @Test
    void byId_unknownId_isEmpty() {
        Catalog catalog = Catalog.of(List.of(SMALL));
        assertThat(catalog.byId("small")).contains(SMALL);
        assertThat(catalog.byId("smal")).isEmpty();
    }

    @Test
    void search_emptyCatalogue_findsAndExcludesNothing() {
        Search search = Catalog.of(List.of()).search(needs(4, 16, "arch=x86_64"));
        assertThat(search.next(3)).isEmpty();
        assertThat(search.exclusions()).isEmpty();
    }

    @Test
    void search_nothingRequired_findsAllThatAreAvailable() {
        Target soldOut = Targets.of("sold-out", Targets.capacity(2, 8), 0.01, 0);
        Search search = Catalog.of(List.of(soldOut, SMALL, UNPRICED)).search(needs(Double.NaN, Double.NaN));
        assertThat(search.next(9)).containsExactly(SMALL, UNPRICED);
        assertThat(search.exclusions()).singleElement().satisfies(only -> {
            assertThat(only.constraint()).isEqualTo("available>=1");
            assertThat(only.attribute()).isNull();
            assertThat(only.targets()).isEqualTo(1);
            assertThat(only.nearest().get(0).why()).isEqualTo("none is left");
        });
    }

    @Test
    void search_floorMetExactly_supports() {
        Search search = Catalog.of(List.of(SMALL, LARGE)).search(needs(2, 8));
        assertThat(search.next(1)).containsExactly(SMALL);
        assertThat(search.next(2)).containsExactly(LARGE);
        assertThat(search.next(2)).isEmpty();
        assertThat(search.exclusions()).isEmpty();
    }

    @Test
    void exclusions_shortOfMemory_nameTheNearestAndTheAmount() {
        Search search = Catalog.of(List.of(SMALL, LARGE, UNPRICED)).search(needs(8, 40.5));
        assertThat(search.exclusions()).hasSize(2);
        Exclusion cpu = search.exclusions().get(0);
        assertThat(cpu.constraint()).isEqualTo("vcpu>=8");
        assertThat(cpu.targets()).isEqualTo(1);
        assertThat(cpu.nearest()).as("the small one is short of memory too").isEmpty();
        Exclusion memory = search.exclusions().get(1);
        assertThat(memory.attribute()).isEqualTo(Attribute.MEMORY_GIB);
        assertThat(memory.constraint()).isEqualTo("memory_gib>=40.5");
        assertThat(memory.targets()).isEqualTo(2);
        assertThat(memory.nearest()).singleElement().satisfies(miss -> {
            assertThat(miss.target()).isEqualTo(LARGE);
            assertThat(miss.shortBy()).isEqualTo(8.5);
            assertThat(miss.unit()).isEqualTo("GiB");
            assertThat(miss.why()).isEqualTo("needs 40.5 GiB, has 32, short 8.5");
        });
    }

    @Test
    void exclusions_unknownAmount_saysSo() {
        Target vague = Targets.of("vague", 8, Double.NaN, 0.1);
        Exclusion memory =
                Catalog.of(List.of(vague)).search(needs(8, 16)).exclusions().get(0);
        assertThat(memory.targets()).isEqualTo(1);
        assertThat(memory.nearest().get(0).shortBy()).isNaN();
        assertThat(memory.nearest().get(0).why()).isEqualTo("needs 16 GiB, its memory is unknown");
    }

    @Test
    void exclusions_zeroFloor_stillNeedsAKnownAmount() {
        Target vague = Targets.of("vague", Double.NaN, 8, 0.1);
        Search search = Catalog.of(List.of(vague)).search(needs(0, 8));
        assertThat(search.next(1)).isEmpty();
        assertThat(search.exclusions().get(0).constraint()).isEqualTo("vcpu>=0");
    }

    @Test
    void exclusions_missingFeature_nameSourceAndWhatItHasInstead() {
        Configuration required = new Configuration(
                Targets.capacity(2, 8), List.of(Requirement.parse("feature=selinux", "module vault 1.15")));
        Exclusion feature =
                Catalog.of(List.of(SMALL)).search(required).exclusions().get(0);
        assertThat(feature.source()).isEqualTo("module vault 1.15");
        assertThat(feature.nearest().get(0).why()).isEqualTo("needs feature=selinux, has no features");
        assertThat(feature.nearest().get(0).shortBy()).isNaN();
    }

    @Test
    void search_libraryRequired_isLeftToImages() {
        assertThat(Catalog.of(List.of(SMALL))
                        .search(needs(1, 1, "library=openssl-3"))
                        .next(1))
                .containsExactly(SMALL);
    }

    @Test
    void currentClassOf_sameCloudRegionAndType_isFound() {
        Catalog catalog = Catalog.of(List.of(SMALL));
        assertThat(catalog.currentClassOf(vm("aws", "eu-1", "m5.large"))).isEqualTo(SMALL);
        assertThat(catalog.currentClassOf(vm("aws", "eu-2", "m5.large"))).isNull();
        assertThat(catalog.currentClassOf(vm("aws", "eu-1", null))).isNull();
    }

    private static Configuration needs(double vcpu, double memoryGib, String... qualities) {
        return new Configuration(
                Targets.capacity(vcpu, memoryGib),
                List.of(qualities).stream()
                        .map(text -> Requirement.parse(text, "a test"))
                        .toList());
    }

    private static Vm vm(String cloud, String region, @Nullable String type) {
        return new Vm(
                "vm",
                "vm",
                cloud,
                region,
                type,
                null,
                Capacity.UNKNOWN,
                OperatingSystem.parse("rhel-9"),
                Set.of(),
                Double.NaN,
                null,
                null,
                Map.of());
    }
}
