package io.regrade.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regrade.fact.Action;
import io.regrade.fact.Attribute;
import io.regrade.fact.Capacity;
import io.regrade.fact.CounterOffer;
import io.regrade.fact.Course;
import io.regrade.fact.Dismissal;
import io.regrade.fact.Distribution;
import io.regrade.fact.OperatingSystem;
import io.regrade.fact.Pricing;
import io.regrade.fact.Redundancy;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.Sla;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Target;
import io.regrade.fact.Usage;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever facts there are: they are read back as they were, from the very bytes that are stored. */
class FactReaderTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final double[] EDGES = {
        0, -0.0, 1, 0.1, 1.0 / 3, 5e-324, Double.MIN_NORMAL, 1e-7, 1e21, 1e22, 9007199254740993d, Double.MAX_VALUE, 1e7
    };
    private static final List<String> WORDS =
            List.of("web", "", "Größe", "a\"b\\c", "\u0001\n", "\uD83D\uDE00", "x".repeat(300), "null");
    private static final List<String> SYSTEMS =
            List.of("linux", "rhel-7.9", "ubuntu-22.04", "windows-2022", "alma-linux-9", "a-1-2");
    private static final List<String> STATED = List.of(
            "vcpu>=4", "memory_gib<=24.50", "os>=rhel-9|ubuntu-22.04", "feature=a=b", "library!=libpq-15", "gpu=0");

    @Property(tries = 1000)
    void facts_areReadBackAsTheyWere(@ForAll long seed) {
        VmFacts facts = new Any(seed).facts();
        byte[] written = CanonicalJson.bytes(FactJson.facts(facts));

        VmFacts read = FactReader.facts(parse(written));

        assertThat(read).isEqualTo(facts);
        assertThat(CanonicalJson.bytes(FactJson.facts(read))).isEqualTo(written);
        for (int i = 0; i < facts.usage().size(); i++) {
            // Equal bins also answer alike.
            double amount = facts.usage().get(i).p95();
            assertThat(read.usage().get(i).distribution().shareAbove(amount))
                    .isEqualTo(facts.usage().get(i).distribution().shareAbove(amount));
        }
    }

    @Property(tries = 1000)
    void targetsAndPrices_areReadBackAsTheyWere(@ForAll long seed) {
        Any any = new Any(seed);
        Target target = any.target();
        Pricing pricing = any.pricing();

        byte[] targetWritten = CanonicalJson.bytes(FactJson.target(target));
        byte[] pricingWritten = CanonicalJson.bytes(FactJson.pricing(pricing));

        assertThat(FactReader.target(parse(targetWritten))).isEqualTo(target);
        assertThat(FactReader.pricing(parse(pricingWritten))).isEqualTo(pricing);
    }

    @Test
    void requirements_thatTheirTextDoesNotSay_areWrittenInFull() {
        Requirement rounded = Requirement.atLeast(Resource.MEMORY, 12.3456789, "what it peaked at");
        VmFacts facts =
                with(new SoftwareModule("db", "2", List.of(rounded, Requirement.parse("vcpu>=2", "module db 2"))));

        JsonNode written = parse(CanonicalJson.bytes(FactJson.facts(facts)));

        assertThat(written.at("/modules/0/requires/0/amount").doubleValue()).isEqualTo(12.3456789);
        assertThat(written.at("/modules/0/requires/1").asText()).isEqualTo("vcpu>=2");
        assertThat(FactReader.facts(written)).isEqualTo(facts);
    }

    @Test
    void whatHasNoBound_isNotUnknown() {
        VmFacts facts = new VmFacts(
                with().vm(),
                List.of(),
                List.of(),
                new Sla(
                        Double.POSITIVE_INFINITY,
                        Double.NaN,
                        Double.NEGATIVE_INFINITY,
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        null),
                List.of());

        assertThat(FactReader.facts(parse(CanonicalJson.bytes(FactJson.facts(facts)))))
                .isEqualTo(facts);
    }

    @Test
    void whatWasNotWrittenSo_isRefusedByName() {
        JsonNode facts = FactJson.facts(with());

        assertThatThrownBy(() -> FactReader.facts(parse("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .hasMessage("`vm` is missing");
        ((com.fasterxml.jackson.databind.node.ObjectNode) facts.get("vm")).put("vcpu", "two");
        assertThatThrownBy(() -> FactReader.facts(facts)).hasMessage("`vcpu` is no number");
    }

    @Test
    void whatWasNotDismissed_isNotWritten_soThatTheDigestIsAsBefore() {
        Dismissal dismissal = new Dismissal(Action.RECLASSIFY, "small", Instant.EPOCH, "jane", "no");

        assertThat(FactJson.facts(with()).has("dismissals")).isFalse();
        assertThat(FactJson.facts(with()).has("counter_offer")).isFalse();
        assertThat(FactJson.facts(with().said(List.of(dismissal), null)).path("dismissals"))
                .hasSize(1);
        assertThat(with().said(List.of(dismissal), null).said(List.of(), null)).isEqualTo(with());
    }

    private static VmFacts with(SoftwareModule... modules) {
        Vm vm = new Vm(
                "a", "a", null, null, null, null, Capacity.UNKNOWN, null, Set.of(), Double.NaN, null, null, Map.of());
        return new VmFacts(vm, List.of(), List.of(modules), null, List.of());
    }

    private static JsonNode parse(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Facts of every kind from a seed, edge cases of numbers and texts among them. */
    private static final class Any {

        private final Random random;

        Any(long seed) {
            random = new Random(seed);
        }

        VmFacts facts() {
            List<Usage> usage = new ArrayList<>();
            Map<Resource, Usage> byResource = new EnumMap<>(Resource.class);
            for (int i = random.nextInt(6); i > 0; i--) {
                Usage one = usage();
                if (byResource.put(one.resource(), one) == null) {
                    usage.add(one);
                }
            }
            List<Redundancy> groups = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                groups.add(new Redundancy(word(), random.nextInt(9), pick(Resource.values()), number()));
            }
            List<SoftwareModule> modules = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                modules.add(module());
            }
            return new VmFacts(vm(), usage, modules, random.nextBoolean() ? sla() : null, groups)
                    .said(dismissals(), random.nextBoolean() ? counterOffer() : null);
        }

        private CounterOffer counterOffer() {
            return new CounterOffer(
                    Set.of(word()),
                    number(),
                    random.nextBoolean() ? Set.of() : Set.of("sat"),
                    random.nextBoolean() ? null : Instant.ofEpochMilli(random.nextInt()),
                    Instant.ofEpochMilli(random.nextInt()),
                    word());
        }

        private List<Dismissal> dismissals() {
            List<Dismissal> dismissals = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                dismissals.add(new Dismissal(
                        random.nextBoolean() ? Action.RECLASSIFY : Action.INSTANTIATE,
                        maybe(),
                        Instant.ofEpochMilli(random.nextInt()),
                        word(),
                        word()));
            }
            return dismissals;
        }

        private Vm vm() {
            return new Vm(
                    word(),
                    word(),
                    maybe(),
                    maybe(),
                    maybe(),
                    maybe(),
                    capacity(),
                    system(),
                    words(),
                    number(),
                    maybe(),
                    maybe(),
                    tags());
        }

        Target target() {
            return new Target(
                    word(),
                    pick(Target.Kind.values()),
                    maybe(),
                    maybe(),
                    maybe(),
                    maybe(),
                    capacity(),
                    system(),
                    random.nextBoolean() ? null : random.nextBoolean(),
                    words(),
                    number(),
                    random.nextBoolean() ? null : random.nextInt(),
                    tags());
        }

        Pricing pricing() {
            return new Pricing(pick(Pricing.Model.values()), number(), number(), number(), number());
        }

        private Usage usage() {
            Instant from = Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
            return new Usage(
                    pick(Resource.values()),
                    from,
                    from.plusNanos(random.nextLong() >>> 8),
                    random.nextInt(1_000_000),
                    number(),
                    number(),
                    number(),
                    number(),
                    number(),
                    number(),
                    number(),
                    number(),
                    number(),
                    distribution(),
                    random.nextBoolean() ? null : course());
        }

        private Course course() {
            boolean bounded = random.nextBoolean();
            return new Course(
                    random.nextInt(1000),
                    random.nextDouble(),
                    random.nextDouble(),
                    number(),
                    number(),
                    number(),
                    bounded ? random.nextDouble() - 1 : Double.NEGATIVE_INFINITY,
                    bounded ? random.nextDouble() : Double.POSITIVE_INFINITY);
        }

        private Distribution distribution() {
            double[] values = random.doubles(1 + random.nextInt(60), -1, 100)
                    .sorted()
                    .distinct()
                    .toArray();
            if (random.nextInt(4) == 0) {
                values = new double[] {-0.0, 5e-324, Double.POSITIVE_INFINITY};
            }
            double[] weights = new double[values.length];
            Arrays.setAll(
                    weights, i -> random.nextBoolean() ? 1 + random.nextInt(300) : random.nextDouble() * 7 + 1e-9);
            return new Distribution(values, weights);
        }

        private SoftwareModule module() {
            String name = word();
            String version = maybe();
            List<Requirement> requires = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                requires.add(
                        random.nextInt(3) == 0
                                ? new Requirement(
                                        pick(Attribute.values()),
                                        pick(Requirement.Operator.values()),
                                        word(),
                                        number(),
                                        word())
                                : Requirement.parse(
                                        pick(STATED),
                                        random.nextBoolean() ? word() : SoftwareModule.source(name, version)));
            }
            return new SoftwareModule(name, version, requires);
        }

        private Sla sla() {
            return new Sla(number(), number(), number(), words(), words(), words(), maybe());
        }

        private Capacity capacity() {
            Capacity capacity = Capacity.UNKNOWN;
            for (Resource resource : Resource.values()) {
                capacity = capacity.with(resource, Math.abs(number()));
            }
            return capacity;
        }

        private @Nullable OperatingSystem system() {
            return random.nextBoolean() ? null : OperatingSystem.parse(pick(SYSTEMS));
        }

        private double number() {
            return switch (random.nextInt(4)) {
                case 0 -> Double.NaN;
                case 1 -> EDGES[random.nextInt(EDGES.length)];
                case 2 -> random.nextInt(100);
                default -> random.nextGaussian() * Math.pow(10, random.nextInt(30) - 15);
            };
        }

        private Map<String, String> tags() {
            Map<String, String> tags = new TreeMap<>();
            words().forEach(name -> tags.put(name, word()));
            return tags;
        }

        private Set<String> words() {
            return random.nextBoolean() ? Set.of() : Set.copyOf(List.of(word() + 1, word() + 2));
        }

        private @Nullable String maybe() {
            return random.nextBoolean() ? null : word();
        }

        private String word() {
            return pick(WORDS);
        }

        private <T> T pick(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }

        private <T> T pick(T[] all) {
            return all[random.nextInt(all.length)];
        }
    }
}
