package io.regrade.policy;

import static io.regrade.policy.Policies.TABLE;
import static io.regrade.policy.Policies.problems;
import static io.regrade.policy.Policies.small;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableFileTest {

    private static final String FILE = "tables/t.drl.csv";

    @Test
    void rows_areRulesWithTheirPlace() {
        assertThat(PolicyReader.of(small(FILE, TABLE)).rules())
                .filteredOn(rule -> rule.file().equals(FILE))
                .satisfiesExactly(
                        rule -> {
                            assertThat(rule.name()).isEqualTo("Card data");
                            assertThat(rule.id()).isEqualTo("data-pci");
                            assertThat(rule.owner()).isEqualTo("security");
                            assertThat(rule.why()).isEqualTo("The schemes ask.");
                            assertThat(rule.phase()).isEqualTo("require");
                            assertThat(rule.line()).isEqualTo(10);
                            assertThat(rule.text())
                                    .startsWith("Tag `pci`: $vm : Vm(tag(\"data\") == \"$param\")\n")
                                    .contains("`selinux, cards`: insert(");
                        },
                        rule -> {
                            assertThat(rule.id()).isEqualTo("data-personal");
                            assertThat(rule.why()).isEqualTo("The law, too, asks.");
                            assertThat(rule.line()).isEqualTo(11);
                        });
    }

    @Test
    void emptyRow_endsTheTable() {
        assertThat(PolicyReader.of(small(FILE, TABLE + ",,,,,\nremark,x,,,,\n")).rules())
                .filteredOn(rule -> rule.file().equals(FILE))
                .hasSize(2);
    }

    @Test
    void tableWithoutNames_namesRulesAfterItsTitleAndRow() {
        String table = TABLE.replace("NAME,", ",");
        assertThat(PolicyReader.of(small(FILE, table)).rules())
                .filteredOn(rule -> rule.file().equals(FILE))
                .extracting(RuleSource::name)
                .containsExactly("Tagged_10", "Tagged_11");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data-pci,security | ,security | 10:32: cell D10: rule `Card data` has no `@id`. Maybe fill its cell in a METADATA"
                        + " column `id(\"$param\")` [missing-id]",
                "data-pci,security | data-pci, | 10:41: cell E10: rule `Card data` has no `@owner`. Maybe fill its cell in a METADATA"
                        + " column `owner(\"$param\")` [missing-owner]",
                ",The schemes ask. | , | 10:50: cell F10: rule `Card data` has no `@why`. Maybe fill its cell in a METADATA column"
                        + " `why(\"$param\")` [missing-why]",
                "data-pci | Data PCI | 10:32: cell D10: `Data PCI` is not an id. Maybe lower-case words joined by `-` [bad-id]",
                "data-pci | keep-all | 10:32: cell D10: the id `keep-all` is taken by the rule at choose/keep.drl:7 [duplicate-id]",
                "data-personal | data-pci | 11:39: cell D11: the id `data-pci` is taken by the rule at tables/t.drl.csv:10"
                        + " [duplicate-id]",
                "Personal data | Card data | 11:1: cell A11: the name `Card data` is taken by the rule at tables/t.drl.csv:10"
                        + " [duplicate-name]",
            })
    void rows_areCheckedLikeRules(String right, String wrong, String problem) {
        assertThat(TABLE).contains(right);
        String written = wrong == null ? "" : wrong;
        assertThat(problems(small(FILE, TABLE.replace(right, written)))).containsExactly(FILE + ":" + problem);
    }

    @Test
    void phase_isThatOfTheTable() {
        assertThat(problems(small(FILE, TABLE.replace("AGENDA-GROUP,require", "AGENDA-GROUP,requires"))))
                .containsExactly(
                        FILE + ":10: agenda-group `requires` is not a phase. Maybe `require` [bad-phase]",
                        FILE + ":11: agenda-group `requires` is not a phase. Maybe `require` [bad-phase]");
    }

    @Test
    void parameters_ofConditionsAreChecked() {
        String table = TABLE.replace("$vm : Vm", "Limit")
                .replace("tag(\"\"data\"\") == \"\"$param\"\"", "name == \"\"headrom\"\", unit == \"\"$param\"\"");
        assertThat(problems(small(FILE, table)))
                .contains(FILE + ":8:2: cell B8: `headrom` is not a parameter of this policy. Maybe `headroom`"
                        + " [unknown-parameter]");
    }

    @Test
    void fileWithoutATable_isSaid() {
        for (String text : new String[] {"hello,world\n", "", TABLE.substring(0, TABLE.indexOf("Card data"))}) {
            assertThat(problems(small(FILE, text)))
                    .containsExactly(
                            FILE + ": there is no decision table with rows. Maybe begin one with `RuleTable …` in"
                                    + " the first column [bad-table]");
        }
    }
}
