package io.regrade.intake.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.fact.Capacity;
import io.regrade.fact.OperatingSystem;
import io.regrade.fact.Resource;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.intake.telemetry.Measure;
import io.regrade.intake.telemetry.SampleBlock;
import io.regrade.intake.telemetry.UsageAccumulator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class InventoryWriterTest {

    private static final Arbitrary<Double> AMOUNTS =
            Arbitraries.doubles().between(0.001, 1e9).ofScale(9).edgeCases(c -> c.add(1.0, 4096.0));
    private static final Arbitrary<String> TEXTS = Arbitraries.strings()
            .withCharRange('a', 'z')
            .withChars("ABÄ漢\"', =-_.")
            .ofMinLength(1)
            .ofMaxLength(12)
            .map(text -> "x" + text + "x");
    private static final Arbitrary<Map<String, String>> TAGS = Arbitraries.maps(
                    Arbitraries.strings().withCharRange('a', 'z').ofLength(6).map(name -> "t-" + name),
                    TEXTS.map(text -> text.replace("=", "=;")))
            .ofMaxSize(3);

    @Provide
    Arbitrary<Capacity> capacities() {
        Arbitrary<Double> some = Arbitraries.oneOf(AMOUNTS, Arbitraries.just(Double.NaN));
        return Combinators.combine(some, some, some, some, some, some, some).as(Capacity::new);
    }

    private static Vm vm(String id, String text, Capacity capacity, double price, Map<String, String> tags) {
        return new Vm(
                id,
                text,
                text,
                null,
                "g5.large",
                null,
                capacity,
                new OperatingSystem("rhel", "9.4"),
                Set.of("tpm", "selinux"),
                price,
                text,
                null,
                tags);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void vm_comesBackFromCsvAndJson(
            @ForAll("texts") String text,
            @ForAll("capacities") Capacity capacity,
            @ForAll("tags") Map<String, String> tags)
            throws IOException {
        Vm vm = vm("a", text, capacity, capacity.vcpu(), tags);

        StringWriter csv = new StringWriter();
        InventoryWriter.writeVms(csv, List.of(vm));
        assertThat(new FleetReader().readVms("vms.csv", csv.toString().getBytes(StandardCharsets.UTF_8)))
                .containsExactly(vm);
        if (tags.values().stream().noneMatch(value -> value.contains(";"))) {
            assertThat(new VmJson(IntakeLimits.DEFAULT)
                            .vm(InventoryWriter.json(vm), Instant.EPOCH)
                            .vm())
                    .isEqualTo(vm);
        }
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void target_comesBackFromCsvAndJson(@ForAll("texts") String text, @ForAll("capacities") Capacity capacity)
            throws IOException {
        Target target = new Target(
                "t",
                Target.Kind.MACHINE,
                text,
                "north-1",
                null,
                "arm64",
                capacity,
                null,
                true,
                Set.of(),
                capacity.gpu(),
                0,
                Map.of("state", "reserved"));

        StringWriter csv = new StringWriter();
        InventoryWriter.writeTargets(csv, List.of(target));
        assertThat(new FleetReader().readTargets("targets.csv", csv.toString().getBytes(StandardCharsets.UTF_8)))
                .containsExactly(target);
        assertThat(new VmJson(IntakeLimits.DEFAULT).target(InventoryWriter.json(target)))
                .isEqualTo(target);
    }

    @Provide
    Arbitrary<String> texts() {
        return TEXTS;
    }

    @Provide
    Arbitrary<Map<String, String>> tags() {
        return TAGS;
    }

    @Test
    void json_leavesOutWhatIsUnknown_andWritesWholeNumbersWhole() {
        Vm vm = vm("a", "n", Capacity.UNKNOWN.with(Resource.CPU, 4), Double.NaN, Map.of());

        assertThat(InventoryWriter.json(vm).toString())
                .isEqualTo(
                        "{\"id\":\"a\",\"name\":\"n\",\"cloud\":\"n\",\"type\":\"g5.large\",\"vcpu\":4,\"os\":\"rhel-9.4\","
                                + "\"features\":[\"selinux\",\"tpm\"],\"group\":\"n\"}");
    }

    @Test
    void usage_isWrittenAsARequestGivesIt_withoutItsCourse() {
        UsageAccumulator samples = new UsageAccumulator();
        SampleBlock block = new SampleBlock();
        double[] row = SampleBlock.emptyRow();
        SampleBlock.set(row, Measure.CPU_VCPU, 1);
        block.add(0, row);
        samples.add(block);
        Vm vm = vm("a", "n", Capacity.UNKNOWN, Double.NaN, Map.of());
        VmFacts facts = new VmFacts(vm, samples.finish(), List.of(), null, List.of());

        assertThat(facts.usage().get(0).course()).isNotNull();
        assertThat(InventoryWriter.json(facts).at("/usage_summary/0").has("course"))
                .isFalse();
    }
}
