package io.regrade.engine.drools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.pipeline.DiagnosticsJson;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyException;
import io.regrade.policy.PolicyReader;
import io.regrade.policy.RuleSource;
import io.regrade.policy.gate.RuleInventory;
import io.regrade.policy.structure.RuleStructure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What rules may touch is what their authors wrote, of every rule of the standard policy. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InventoriesTest {

    private static final DroolsCompiler COMPILER = new DroolsCompiler();

    private PolicyBundle standard;
    private Map<String, RuleInventory> byRule;

    @BeforeAll
    void read() {
        standard = PolicyReader.read(Path.of("rules/standard"));
        byRule = COMPILER.inventory(standard).stream()
                .collect(Collectors.toMap(RuleInventory::rule, Function.identity()));
    }

    private RuleInventory of(String rule) {
        return byRule.get(rule);
    }

    @Test
    void everyRuleOfTheStandardPolicy_isThere_atItsPlace() {
        assertThat(byRule.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        standard.rules().stream().map(RuleSource::id).toList());
        for (RuleSource rule : standard.rules()) {
            assertThat(of(rule.id()).file()).isEqualTo(rule.file());
            assertThat(of(rule.id()).line()).isEqualTo(rule.line());
        }
    }

    @Test
    void ruleOfTheStandardPolicy_readsItsPatterns_andConcludesWhatItInserts() {
        for (RuleStructure rule : COMPILER.structure(standard).rules()) {
            RuleInventory inventory = of(rule.id());
            assertThat(inventory.reads())
                    .as("facts that %s reads", rule.id())
                    .containsAll(rule.patterns()
                            .filter(pattern -> pattern.from().isEmpty())
                            .map(one -> one.fact())
                            .toList());
            assertThat(inventory.concludes())
                    .as("facts that %s concludes", rule.id())
                    .containsAll(rule.conclusions().stream()
                            .map(RuleStructure.Conclusion::insertedFact)
                            .filter(fact -> !fact.isEmpty())
                            .toList())
                    .isNotEmpty();
        }
    }

    @Test
    void inventory_tellsMethods_andNothingOfTheEngine() {
        RuleInventory rule = of("memory-oversized");
        assertThat(rule.reads()).containsExactly("Demand", "Limit");
        assertThat(rule.concludes()).containsExactly("Need");
        assertThat(rule.calls())
                .containsExactly("Demand.resource", "Demand.spareShare", "Limit.name", "Limit.value", "Need.downgrade");
        assertThat(byRule.values().stream().flatMap(one -> one.calls().stream()))
                .noneMatch(call -> call.contains("Predicate") || call.contains("Drools") || call.contains("Lambda"));
    }

    @Test
    void conditionThatTwoRulesShare_isOfBoth_andSoIsWhatAFunctionCalls() {
        List<RuleInventory> inventory = COMPILER.inventory(policy("""
                function double half(double x) {
                  return Math.floor(x / 2);
                }
                rule "One"
                  @id("one") @owner("finops") @why("It shares.")
                when
                  Vm(name.contains("db"))
                then
                  insert(Choice.keep("one"));
                end
                rule "Two"
                  @id("two") @owner("finops") @why("It shares.")
                when
                  $vm : Vm(name.contains("db"))
                then
                  insert(Choice.keep("two " + half($vm.capacity().vcpu())));
                end
                """));
        assertThat(inventory).extracting(RuleInventory::rule).containsExactly("one", "two");
        assertThat(inventory.get(0).calls()).containsExactly("Choice.keep", "String.contains", "Vm.name");
        assertThat(inventory.get(1).calls())
                .contains("String.contains", "Vm.name", "Math.floor", "Capacity.vcpu", "Choice.keep");
    }

    @Test
    void policyThatIsRefused_hasNone() {
        assertThatThrownBy(() -> COMPILER.inventory(policy("""
                        rule "One"
                          @id("one") @owner("finops") @why("It is hostile.")
                        when
                          Vm()
                        then
                          System.exit(1);
                        end
                        """)))
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("System.exit");
    }

    @Test
    void json_hasIt() {
        JsonNode first =
                DiagnosticsJson.inventory(List.of(of("memory-oversized"))).get(0);
        assertThat(first.path("rule").asText()).isEqualTo("memory-oversized");
        assertThat(first.path("file").asText()).isEqualTo("needs/sizing.drl");
        assertThat(first.path("line").asInt()).isEqualTo(of("memory-oversized").line());
        assertThat(first.path("reads").toString()).isEqualTo("[\"Demand\",\"Limit\"]");
        assertThat(first.path("concludes").toString()).isEqualTo("[\"Need\"]");
        assertThat(first.path("calls")).hasSize(5);
    }

    private static PolicyBundle policy(String rules) {
        SortedMap<String, String> files = new TreeMap<>();
        files.put("policy.yaml", "name: small\n");
        files.put("choose.drl", "package small;\nimport io.regrade.fact.*;\nagenda-group \"choose\"\n" + rules);
        return PolicyReader.of(files);
    }
}
