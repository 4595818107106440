package io.regrade.policy;

import static io.regrade.policy.Policies.drl;
import static io.regrade.policy.Policies.problems;
import static io.regrade.policy.Policies.rule;
import static io.regrade.policy.Policies.small;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.regrade.fact.Limit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {

    private static final String RULE = rule("one", "Vm()", "insert(\"x\");");

    @TempDir
    Path directory;

    @Test
    void standardPolicy_isInOrder() {
        PolicyBundle standard = PolicyReader.read(Policies.STANDARD);
        assertThat(standard.name()).isEqualTo("standard");
        assertThat(standard.rules()).hasSizeGreaterThan(60).allSatisfy(rule -> {
            assertThat(rule.id()).matches("[a-z0-9-]+");
            assertThat(rule.owner()).isNotBlank();
            assertThat(rule.why()).isNotBlank();
            assertThat(Files.readAllLines(Policies.STANDARD.resolve(rule.file()))
                            .get(rule.line() - 1))
                    .contains(rule.name());
        });
        assertThat(standard.limit("prod", "memory-headroom")).isEqualTo(0.25);
        assertThat(standard.limit("test", "memory-headroom")).isEqualTo(0);
        assertThat(standard.limit("default", "memory-headroom")).isEqualTo(0.1);
        assertThat(standard.limit("default", "no-such")).isNaN();
    }

    @Test
    void ruleHead_isRead() {
        PolicyBundle bundle = PolicyReader.of(
                small(
                        "needs/a.drl",
                        drl(
                                "needs",
                                "// rule \"no rule\"\n/*\nrule \"none either\"\nend\n*/\n",
                                """
                        rule "Says \u201cwhy\u201d"
                          @id("odd")
                          @owner( "ops" )
                          @why("It says \\"no\\"; the end")
                          salience 3
                        when // @id("not this")
                          Limit($h : value, name == "headroom")
                        then
                          insert("rule end");
                        end // of it
                        """,
                                "rule other agenda-group \"match\"\n  @id(\"other\") @owner(\"o\") @why(\"w\")\nwhen\n  Vm()\nthen\nend\n")));
        assertThat(bundle.rules()).hasSize(3);
        RuleSource odd = bundle.rules().get(1);
        assertThat(odd.name()).isEqualTo("Says \u201cwhy\u201d");
        assertThat(odd.id()).isEqualTo("odd");
        assertThat(odd.owner()).isEqualTo("ops");
        assertThat(odd.why()).isEqualTo("It says \"no\"; the end");
        assertThat(odd.phase()).isEqualTo("needs");
        assertThat(odd.line()).isEqualTo(13);
        assertThat(odd.parameters()).containsExactly("headroom");
        assertThat(odd.text()).startsWith("rule \"Says").endsWith("end // of it\n");
        assertThat(bundle.rules().get(2).id()).isEqualTo("other");
    }

    @Test
    void missingAnnotations_areAllNamed() {
        assertThat(problems(small("needs/a.drl", drl("needs", "rule \"R\"\nwhen\n  Vm()\nthen\nend\n"))))
                .containsExactly(
                        "needs/a.drl:7: rule `R` has no `@id`. Maybe add `@id(\"…\")` under its name [missing-id]",
                        "needs/a.drl:7: rule `R` has no `@owner`. Maybe add `@owner(\"…\")` under its name"
                                + " [missing-owner]",
                        "needs/a.drl:7: rule `R` has no `@why`. Maybe add `@why(\"…\")` under its name [missing-why]");
    }

    @Test
    void ruleWithoutEnd_isStillSeen() {
        String open =
                rule("two", "Vm()", "insert(\"x\");").replace("\nend\n", "\n").replace("  @owner(\"finops\")\n", "");
        assertThat(problems(small("needs/a.drl", drl("needs", open, RULE))))
                .containsExactly(
                        "needs/a.drl:7: rule `Rule two` has no `@owner`. Maybe add `@owner(\"…\")` under its name"
                                + " [missing-owner]",
                        "needs/a.drl:13: rule `Rule two` has no `end` after this [syntax]");
    }

    @Test
    void badId_isQuoted() {
        assertThat(problems(small("needs/a.drl", drl("needs", RULE.replace("\"one\"", "\"The One\"")))))
                .containsExactly(
                        "needs/a.drl:7: `The One` is not an id. Maybe lower-case words joined by `-` [bad-id]");
    }

    @Test
    void duplicates_nameTheFirstPlace() {
        assertThat(problems(small("match/b.drl", drl("match", RULE), "needs/a.drl", drl("needs", RULE))))
                .containsExactly(
                        "needs/a.drl:7: the id `one` is taken by the rule at match/b.drl:7 [duplicate-id]",
                        "needs/a.drl:7: the name `Rule one` is taken by the rule at match/b.drl:7 [duplicate-name]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "need | agenda-group `need` is not a phase. Maybe `needs`",
                "later | agenda-group `later` is not a phase. Maybe one of `require`, `needs`, `constrain`, `match`,"
                        + " `benefit`, `choose`",
            })
    void badPhase_isSuggested(String phase, String message) {
        assertThat(problems(small("needs/a.drl", drl(phase, RULE))))
                .containsExactly("needs/a.drl:7: " + message + " [bad-phase]");
    }

    @Test
    void missingPhase_isSaid() {
        assertThat(problems(small("needs/a.drl", "package p;\n" + RULE)))
                .singleElement()
                .asString()
                .startsWith("needs/a.drl:2: no agenda-group names the phase of the rule. Maybe one of `require`");
    }

    @Test
    void unknownParameter_isSuggestedWithItsLine() {
        String conditions = "Vm()\n  Limit($h : value,\n    name == \"headrom\")";
        assertThat(problems(small("needs/a.drl", drl("needs", rule("one", conditions, "insert($h);")))))
                .containsExactly("needs/a.drl:14: `headrom` is not a parameter of this policy. Maybe `headroom`"
                        + " [unknown-parameter]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$x : have - required | $x | have - required",
                "$x: have*2 | $x | have * 2",
                "resource != null, $x : have + required, have > 0 | $x | have + required",
                "$x : Math.abs(have) - required | $x | Math.abs(have) - required",
                "$x : have % 2 | $x | have % 2",
            })
    void arithmeticBinding_isAnError(String constraints, String variable, String expression) {
        String conditions = "Vm()\n  $d : Demand(" + constraints + ")";
        assertThat(problems(small("needs/a.drl", drl("needs", rule("one", conditions, "insert($x);")))))
                .containsExactly("needs/a.drl:13: `" + variable + "` would be bound to the first operand of `"
                        + expression + "` only. Maybe bind the fact and calculate where it is concluded, such as with"
                        + " `Requirement.withHeadroom` [arithmetic-binding]");
    }

    @Test
    void arithmeticBinding_overTwoLinesIsFound() {
        String conditions = "Demand($x : have\n    - required)";
        assertThat(problems(small("needs/a.drl", drl("needs", rule("one", conditions, "insert($x);")))))
                .singleElement()
                .asString()
                .startsWith("needs/a.drl:12: `$x` would be bound to the first operand of `have - required` only.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$d : Demand(have - required > 1)",
                "$d : Demand(spareShare > 0.5 * 0.5, $h : have)",
                "$u : Usage($max : max, max + trendPerDay * 3 > 5)",
                "$vm : Vm($count : capacity.gpu, capacity.gpu > 0)",
                "$n : java.lang.Double(doubleValue - 1 > 0)",
                "accumulate(Usage($m : mean); $total : sum($m * 2), $n : count(1))",
                "Demand($x : Math.max(have - required, 1))",
                "Demand($more : have > required * 2)",
                "// $x : have - required",
                "Vm($n : name, name != \"a - b\")",
                "Vm($tag : tag(\"a-b\"), $tag != \"c * d\")",
                "$u : Usage() from entry-point \"x\"",
                "$f : String(this != \"a\") from $vm.features",
                "$u : Usage(resource == Resource.CPU)\n  eval($u.max() - 1 > 2)",
                "not (Demand(have / 2 > 1) and Need())",
            })
    void arithmeticElsewhere_isNone(String conditions) {
        assertThat(problems(small("needs/a.drl", drl("needs", rule("one", conditions, "insert(1 - 2);")))))
                .noneMatch(problem -> problem.contains("arithmetic"));
    }

    @Test
    void arithmeticInConclusions_isNone() {
        assertThat(problems(small(
                        "needs/a.drl",
                        drl(
                                "needs",
                                rule("one", "Vm()", "for (double $x : new double[] {1 - 2}) { insert($x * 2); }")))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: small | nam: small | policy.yaml:1: `nam` is not a field here. Maybe `name` [unknown-field]",
                "unit: share | ' ' | policy.yaml:4: `headroom` has no `unit` [bad-parameter]",
                "min: 0 | 'minn: 0' | policy.yaml:8: `minn` is not a field here. Maybe `min` [unknown-field]",
                "max: 2 | ' ' | policy.yaml:4: `headroom` has no `max` [bad-parameter]",
                "default: 0.2 | default: 3 | policy.yaml:4: `headroom` is 3, outside 0 to 2 [out-of-bounds]",
                "default: 0.2 | default: -0.1 | policy.yaml:4: `headroom` is -0.1, outside 0 to 2 [out-of-bounds]",
                "default: 0.2 | default: much | policy.yaml:7: `default` of `headroom` is `much`, which is not a number"
                        + " [bad-parameter]",
                "default: 0.2 | default: .nan | policy.yaml:7: `default` of `headroom` is `.nan`, which is not a number"
                        + " [bad-parameter]",
                "default: 0.2 | default: 0x1 | policy.yaml:7: `default` of `headroom` is `0x1`, which is not a number"
                        + " [bad-parameter]",
                "min: 0 | 'min: 0\n    min: 1' | policy.yaml:9: `min` is there twice [duplicate-field]",
                "max: 2 | 'max: 2\n  headroom:\n    unit: u\n    default: 1\n    min: 0\n    max: 2' |"
                        + " policy.yaml:10: `headroom` is declared in line 4 already [duplicate-parameter]",
            })
    void policyYaml_saysWhatIsWrong(String right, String wrong, String problem) {
        String yaml = small().get("policy.yaml");
        assertThat(yaml).contains(right);
        assertThat(problems(small("policy.yaml", yaml.replace(right, wrong)))).contains(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'name: x\nparameters:\n\t- a' | policy.yaml:3: ",
                "'name: [x' | policy.yaml:1: ",
                "just text | policy.yaml:1: expected `name`, `description` and `parameters`",
                "'' | policy.yaml:1: expected `name`, `description` and `parameters`",
            })
    void badYaml_hasItsLine(String yaml, String problem) {
        assertThat(problems(small("policy.yaml", yaml)))
                .singleElement()
                .asString()
                .startsWith(problem)
                .endsWith("[bad-yaml]")
                .doesNotContain("Exception", "org.yaml");
    }

    @Test
    void missingPolicyYaml_isSaid() {
        TreeMap<String, String> files = new TreeMap<>(small());
        files.remove("policy.yaml");
        assertThat(problems(files)).containsExactly("policy.yaml: the policy has no `policy.yaml` [no-policy]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "headroom,,0.5 | ''",
                "headroom,0.1,0.5 | ''",
                "headrom,,0.5 | tables/limits.csv:2:1: cell A2: `headrom` is not a parameter of this policy. Maybe `headroom`"
                        + " [unknown-parameter]",
                "headroom,,2.5 | tables/limits.csv:2:11: cell C2: `2.5` is no value of `headroom` for `prod`. Maybe a number from 0"
                        + " to 2 [out-of-bounds]",
                "headroom,,x | tables/limits.csv:2:11: cell C2: `x` is no value of `headroom` for `prod`. Maybe a number from 0 to 2"
                        + " [out-of-bounds]",
                "headroom,,NaN | tables/limits.csv:2:11: cell C2: `NaN` is no value of `headroom` for `prod`. Maybe a number from 0"
                        + " to 2 [out-of-bounds]",
                "headroom,0.5 | tables/limits.csv:2: the row has 2 cells, the header 3 [bad-table]",
                "'headroom,,0.5\n\nheadroom,,1' | tables/limits.csv:4:1: cell A4: `headroom` stands in line 2 already"
                        + " [duplicate-row]",
            })
    void limitsTable_saysWhatIsWrong(String row, String problem) {
        List<String> problems = problems(small(PolicyReader.LIMITS, "parameter,default,prod\n" + row + "\n"));
        assertThat(String.join("\n", problems)).isEqualTo(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name,default | tables/limits.csv:1:1: cell A1: the first column must be `parameter` [bad-table]",
                "parameter;default | tables/limits.csv:1:1: cell A1: the first column must be `parameter` [bad-table]",
                "parameter,prod,prod | tables/limits.csv:1:16: cell C1: the environment `prod` has two columns [bad-table]",
                "parameter,prod, | tables/limits.csv:1:16: cell C1: the column names no environment [bad-table]",
            })
    void limitsTable_headerIsChecked(String header, String problem) {
        assertThat(problems(small(PolicyReader.LIMITS, header + "\n"))).containsExactly(problem);
    }

    @Test
    void limitsFor_fallsBackToTheDefaultOfTheTableAndThenOfTheParameter() {
        PolicyBundle bundle = PolicyReader.of(small(PolicyReader.LIMITS, "parameter,prod,test\nheadroom,0.5,\n"));
        assertThat(bundle.limitsFor("prod")).containsExactly(new Limit("headroom", 0.5, "share"));
        assertThat(bundle.limitsFor("test")).containsExactly(new Limit("headroom", 0.2, "share"));
        assertThat(bundle.limitsFor("elsewhere")).isEqualTo(bundle.limitsFor("default"));
        PolicyBundle own = PolicyReader.of(small(PolicyReader.LIMITS, "parameter,default,prod\nheadroom,0.3,\n"));
        assertThat(own.limit("default", "headroom")).isEqualTo(0.3);
        assertThat(own.limit("prod", "headroom")).isEqualTo(0.3);
        assertThat(own.limit("elsewhere", "headroom")).isEqualTo(0.3);
        assertThat(PolicyReader.of(small()).limit("prod", "headroom")).isEqualTo(0.2);
    }

    @Test
    void byteOrderMark_ofASpreadsheetIsNoPartOfTheTable() {
        PolicyBundle bundle = PolicyReader.of(small(
                PolicyReader.LIMITS,
                "\uFEFFparameter,prod\r\nheadroom,0.5\r\n",
                "t.drl.csv",
                "\uFEFF" + Policies.TABLE));
        assertThat(bundle.limit("prod", "headroom")).isEqualTo(0.5);
        assertThat(bundle.files().get("t.drl.csv")).isEqualTo(Policies.TABLE);
    }

    @Test
    void problems_areReportedTogetherInOrder() {
        assertThat(problems(small(
                        "match/a.drl",
                        drl("match", RULE.replace("  @why(\"Because.\")\n", "")),
                        "needs/b.drl",
                        drl("need", RULE.replace("\"one\"", "\"two\"").replace("Rule one", "Rule two")),
                        PolicyReader.LIMITS,
                        "parameter,prod\nheadroom,9\nother,1\n")))
                .extracting(problem -> problem.replaceFirst(": .*\\[", " ["))
                .containsExactly(
                        "match/a.drl:7 [missing-why]",
                        "needs/b.drl:7 [bad-phase]",
                        "tables/limits.csv:2:10 [out-of-bounds]",
                        "tables/limits.csv:3:1 [unknown-parameter]");
    }

    @Test
    void digest_changesWithAnyByteAndName() {
        String digest = PolicyReader.of(small()).digest();
        assertThat(digest)
                .matches("sha256:[0-9a-f]{64}")
                .isEqualTo(PolicyReader.of(small()).digest());
        for (Map.Entry<String, String> file : small().entrySet()) {
            assertThat(PolicyReader.of(small(file.getKey(), file.getValue() + "\n"))
                            .digest())
                    .as(file.getKey())
                    .isNotEqualTo(digest);
        }
        assertThat(PolicyReader.of(small("policy.yaml", "\uFEFF" + small().get("policy.yaml")))
                        .digest())
                .isNotEqualTo(digest);
        assertThat(PolicyReader.of(small("README.md", "")).digest())
                .isNotEqualTo(digest)
                .isNotEqualTo(PolicyReader.of(small("README", "")).digest());
        assertThat(PolicyReader.of(small("a", "b", "c", "")).digest())
                .isNotEqualTo(PolicyReader.of(small("a", "", "c", "b")).digest());
    }

    @Test
    void digest_doesNotDependOnTheOrderInWhichFilesWereMade() throws IOException {
        List<String> names = new ArrayList<>(small().keySet());
        write(directory.resolve("one"), names);
        Collections.reverse(names);
        write(directory.resolve("two"), names);
        assertThat(PolicyReader.read(directory.resolve("one")))
                .isEqualTo(PolicyReader.read(directory.resolve("two")))
                .isEqualTo(PolicyReader.of(small()));
    }

    private static void write(Path place, List<String> names) throws IOException {
        for (String name : names) {
            Path file = place.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, small().get(name));
        }
    }

    @Test
    void directory_hiddenFilesAreNoPart() throws IOException {
        write(directory, new ArrayList<>(small().keySet()));
        Files.writeString(directory.resolve(".secret"), "x");
        Files.createDirectories(directory.resolve("choose/.git"));
        Files.writeString(directory.resolve("choose/.git/x.drl"), "rubbish");
        assertThat(PolicyReader.read(directory).digest())
                .isEqualTo(PolicyReader.of(small()).digest());
    }

    @Test
    void directory_missing() {
        Path missing = directory.resolve("missing");
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> PolicyReader.read(missing))
                .withMessage(missing + ": there is no such directory or archive. Maybe `rules/standard` [no-policy]");
    }

    @Test
    void directory_filesThatAreNoTextOrTooLarge_areReportedTogether() throws IOException {
        write(directory, new ArrayList<>(small().keySet()));
        Files.write(
                directory.resolve("choose/latin.drl"),
                "rule \"\u00fc\"".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        Files.write(directory.resolve("large.csv"), " ".repeat((4 << 20) + 1).getBytes(UTF_8));
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> PolicyReader.read(directory))
                .withMessage("choose/latin.drl: the file is not UTF-8 text [encoding]\n"
                        + "large.csv: the file is larger than 4 MiB [too-large]");
    }

    @Test
    void bundle_cannotBeChanged() {
        PolicyBundle bundle = PolicyReader.of(small());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> bundle.files().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> bundle.rules().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> bundle.limits().clear());
    }
}
