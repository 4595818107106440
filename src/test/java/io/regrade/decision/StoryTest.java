package io.regrade.decision;

import static io.regrade.fact.Facts.capacity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.catalog.Catalog;
import io.regrade.engine.drools.CompiledOnce;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.fact.Action;
import io.regrade.fact.Capacity;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Facts;
import io.regrade.fact.Pricing;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Target;
import io.regrade.fact.Usage;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.policy.Policies;
import io.regrade.policy.PolicyReader;
import io.regrade.policy.RuleSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One decision of each kind by the standard policy: the story that people read, and the JSON that programs read. */
class StoryTest {

    private static final EvaluationTime TIME = new EvaluationTime(Facts.NOW);
    private static final Usage NETWORK = Facts.usage(Resource.NETWORK, 0.5, 1.5);
    private static final List<Target> TARGETS = List.of(
            Facts.target("m5.large", capacity(2, 8, 2.5), "linux", 0.096),
            Facts.target("m5.xlarge", capacity(4, 16, 2.5), "linux", 0.192),
            Facts.target("m5.2xlarge", capacity(8, 32, 2.5), "linux", 0.384),
            Facts.target("w5.large", capacity(2, 8, 2.5), "windows-2022", 0.096),
            Facts.target("n5.large", capacity(2, 8, 0), "linux", 0.05));
    /** 730 hours of 0.384. */
    private static final double PRICE = 0.384;

    private static ReadyPolicy standard;

    enum Kind {
        KEEP(facts(
                vm("steady", capacity(4, 16, 2.5), 0.192),
                Facts.usage(Resource.CPU, 1.5, 2.9),
                Facts.usage(Resource.MEMORY, 9, 12),
                NETWORK)),
        RECLASSIFY(facts(
                vm("spacious", capacity(8, 32, 2.5), PRICE),
                Facts.usage(Resource.CPU, 0.4, 1.2),
                Facts.usage(Resource.MEMORY, 3, 5),
                NETWORK)),
        INSTANTIATE(new VmFacts(
                vm("demanding", capacity(8, 32, 2.5), PRICE),
                List.of(Facts.usage(Resource.CPU, 4, 6), Facts.usage(Resource.MEMORY, 20, 26), NETWORK),
                List.of(new SoftwareModule("hana", "2.0", List.of(Requirement.parse("vcpu>=12", "module hana 2.0")))),
                null,
                List.of())),
        INSUFFICIENT_DATA(facts(vm("fresh", capacity(8, 32, 2.5), PRICE), Facts.usage(Resource.CPU, 1, 2, 14, 0.01))),
        ERROR(facts(
                vm("broken", capacity(8, 32, 2.5), PRICE),
                Facts.usage(Resource.CPU, 0.4, 1.2),
                Facts.usage(Resource.MEMORY, 3, 5),
                NETWORK));

        private final VmFacts facts;

        Kind(VmFacts facts) {
            this.facts = facts;
        }

        private static VmFacts facts(Vm vm, Usage... usage) {
            return Facts.facts(vm, usage);
        }

        private static Vm vm(String id, Capacity capacity, double price) {
            return Facts.vm(id, capacity, "rhel-9.4", price, "selinux");
        }

        Decision decision() {
            if (this != ERROR) {
                return decide(standard, facts);
            }
            var files = Policies.small(
                    "require/broken.drl",
                    Policies.drl(
                            "require",
                            Policies.rule(
                                    "divides", "$vm : Vm()", "insert(String.valueOf(1 / ($vm.id().length() - 6)));")));
            try (ReadyPolicy broken = ReadyPolicy.of(PolicyReader.of(files), new DroolsCompiler())) {
                return decide(broken, facts);
            }
        }

        private static Decision decide(ReadyPolicy policy, VmFacts facts) {
            List<Target> withFeature = TARGETS.stream().map(Kind::secured).toList();
            Pricing rates = new Pricing(Pricing.Model.HOURLY, 0.03, 0.004, Double.NaN, Double.NaN);
            return new DecideVm(policy, Catalog.of(withFeature), rates).decide(facts, TIME);
        }

        private static Target secured(Target target) {
            return Facts.target(
                    target.id(), target.capacity(), String.valueOf(target.os()), target.priceUsdHour(), "selinux");
        }
    }

    @BeforeAll
    static void compile() {
        standard = ReadyPolicy.load(Policies.STANDARD, CompiledOnce.compiler());
    }

    @AfterAll
    static void close() {
        standard.close();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void story_isTheGoldenOne(Kind kind) {
        Decision decision = kind.decision();
        assertThat(decision.action()).isEqualTo(kind == Kind.ERROR ? Action.KEEP : Action.valueOf(kind.name()));
        assertThat(decision.errors().isEmpty()).isEqualTo(kind != Kind.ERROR);
        String story = Story.tell(decision, StoryTest::nameOf);
        Golden.assertEquals("story-" + key(kind) + ".txt", story);
        assertThat(story).doesNotContain("NaN", "Infinity", "null", "io.regrade", "Exception");
    }

    private static String key(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String nameOf(String id) {
        return standard.bundle().rules().stream()
                .filter(rule -> rule.id().equals(id))
                .map(RuleSource::name)
                .findFirst()
                .orElse(id);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void decision_hasTheFieldsOfTheContract(Kind kind) {
        ObjectNode json = DecisionJson.decision(kind.decision(), DecisionJson.Detail.FULL);
        assertThat(names(json))
                .contains(
                        "id",
                        "vm",
                        "action",
                        "why",
                        "target",
                        "configuration",
                        "needs",
                        "benefits",
                        "rejected",
                        "fired",
                        "policy",
                        "facts",
                        "errors",
                        "decided_at",
                        "trace")
                .allMatch(name -> name.matches("[a-z0-9_]+"));
        assertThat(json.path("action").textValue()).isEqualTo(kind == Kind.ERROR ? "keep" : key(kind));
        assertThat(names(json.path("policy"))).containsExactly("name", "digest");
        assertThat(json.path("decided_at").textValue()).isEqualTo("2025-06-01T00:00:00Z");
        assertThat(json.path("target").isNull()).isEqualTo(kind != Kind.RECLASSIFY);
        assertThat(json.path("configuration").isNull()).isEqualTo(kind != Kind.INSTANTIATE);
        assertThat(json.has("risk")).isEqualTo(kind == Kind.RECLASSIFY);
        assertThat(json.path("errors").size()).isEqualTo(kind == Kind.ERROR ? 1 : 0);
        assertThat(new String(CanonicalJson.bytes(json), java.nio.charset.StandardCharsets.UTF_8))
                .as("nothing unknown is written as a number or a word")
                .doesNotContain("NaN", "Infinity", ":\"unknown\"");
    }

    @Test
    void reclassification_isToldInFull() {
        ObjectNode json = DecisionJson.decision(Kind.RECLASSIFY.decision(), DecisionJson.Detail.SUMMARY);
        assertThat(json.has("trace")).isFalse();
        assertThat(json.path("target").path("id").textValue()).isEqualTo("m5.large");
        assertThat(names(json.path("target")))
                .contains("vcpu", "memory_gib", "price_usd_hour")
                .doesNotContain("gpu");
        assertThat(names(json.path("needs").get(0)))
                .containsExactly("resource", "direction", "obligation", "from", "to", "unit", "rule", "why");
        assertThat(json.path("needs").findValuesAsText("direction")).containsOnly("downgrade");
        JsonNode benefit = json.path("benefits").get(0);
        assertThat(names(benefit)).containsExactly("kind", "amount", "unit", "worth_usd_month", "rule");
        assertThat(benefit.path("amount").doubleValue()).isEqualTo(288 * 0.73, within(1e-9));
        assertThat(json.path("rejected")).isNotEmpty().allSatisfy(one -> {
            assertThat(names(one)).contains("target", "why");
            assertThat(one.has("rule") || one.has("constraint")).isTrue();
        });
        assertThat(json.path("rejected").findValuesAsText("target")).contains("w5.large", "n5.large");
        assertThat(names(json.path("risk"))).contains("level", "resources");
    }

    @Test
    void instantiation_hasAConfigurationWithItsPrice() {
        ObjectNode json = DecisionJson.decision(Kind.INSTANTIATE.decision(), DecisionJson.Detail.NONE);
        assertThat(names(json)).doesNotContain("needs", "fired", "trace");
        JsonNode configuration = json.path("configuration");
        assertThat(configuration.path("vcpu").doubleValue()).isEqualTo(12);
        assertThat(configuration.path("memory_gib").doubleValue()).isEqualTo(32);
        assertThat(configuration.path("price_usd_hour").doubleValue()).isEqualTo(12 * 0.03 + 32 * 0.004, within(1e-9));
        assertThat(configuration.has("gpu")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void trace_numbersEachFactOnce_byIdentity(Kind kind) {
        Decision decision = kind.decision();
        ObjectNode json = TraceJson.trace(decision.trace());
        List<String> ids = json.path("facts").findValuesAsText("id").stream()
                .filter(id -> id.matches("f\\d+"))
                .toList();
        assertThat(ids).doesNotHaveDuplicates().hasSize(json.path("facts").size());
        List<Object> objects = new ArrayList<>();
        List<String> written = new ArrayList<>();
        for (int i = 0; i < decision.trace().firings().size(); i++) {
            Firing firing = decision.trace().firings().get(i);
            JsonNode node = json.path("firings").get(i);
            assertThat(node.path("rule").textValue()).isEqualTo(firing.rule());
            assertThat(node.path("phase").textValue()).isEqualTo(firing.phase().key());
            objects.addAll(firing.matched());
            node.path("matched").forEach(id -> written.add(id.textValue()));
            objects.addAll(firing.concluded());
            node.path("concluded").forEach(id -> written.add(id.textValue()));
        }
        assertThat(ids).containsAll(written);
        for (int i = 0; i < objects.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(written.get(i).equals(written.get(j))).isEqualTo(objects.get(i) == objects.get(j));
            }
        }
        assertThat(json.path("facts")).allSatisfy(fact -> {
            assertThat(fact.path("kind").textValue()).isNotBlank();
            assertThat(fact.path("fact").size()).isPositive();
        });
    }

    @Test
    void trace_canBeFollowedFromTheChoiceToTheMeasurements() {
        ObjectNode json = TraceJson.trace(Kind.RECLASSIFY.decision().trace());
        Set<String> reached = new HashSet<>();
        List<String> open = new ArrayList<>();
        json.path("facts").forEach(fact -> {
            if (fact.path("kind").textValue().equals("Choice")) {
                open.add(fact.path("id").textValue());
            }
        });
        assertThat(open).hasSize(1);
        while (!open.isEmpty()) {
            String id = open.remove(0);
            if (reached.add(id)) {
                json.path("firings").forEach(firing -> {
                    if (texts(firing.path("concluded")).contains(id)) {
                        open.addAll(texts(firing.path("matched")));
                    }
                });
            }
        }
        List<String> kinds = new ArrayList<>();
        json.path("facts").forEach(fact -> {
            if (reached.contains(fact.path("id").textValue())) {
                kinds.add(fact.path("kind").textValue());
            }
        });
        assertThat(kinds).contains("Choice", "Candidate");
        assertThat(texts(json.path("firings").get(0).path("matched"))).isNotEmpty();
    }

    @Test
    void unknown_isLeftOut() {
        ObjectNode facts = FactJson.facts(Facts.facts(Facts.unknownVm("u")));
        assertThat(names(facts)).containsExactly("vm", "usage", "modules", "redundancy");
        assertThat(names(facts.path("vm"))).containsExactly("id", "name");
    }

    @Test
    void known_zeroIsWritten() {
        Vm vm = Facts.vm("z", capacity(0, 1, 0), null, 0);
        assertThat(names(FactJson.vm(vm)))
                .contains("vcpu", "network_gbps", "price_usd_hour")
                .doesNotContain("os", "gpu");
        assertThat(FactJson.vm(vm).path("price_usd_hour").doubleValue()).isZero();
    }

    @Test
    void golden_isNotUpdatedWhereCiIsSet(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("a").resolve("story.txt");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Golden.update(file, "text", "true"))
                .withMessageStartingWith("golden files are not updated where CI is set");
        assertThat(file).doesNotExist();
        Golden.update(file, "text", null);
        assertThat(Files.readString(file)).isEqualTo("text");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(one -> texts.add(one.textValue()));
        return texts;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
