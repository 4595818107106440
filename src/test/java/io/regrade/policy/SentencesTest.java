package io.regrade.policy;

import static io.regrade.policy.Policies.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.regrade.fact.Limit;
import java.io.IOException;
import java.nio.file.Files;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules as sentences are put into the rule language in their own lines; numbers in them become parameters. */
class SentencesTest {

    private static final String QUIET = """
            package p;
            import io.regrade.fact.*;
            agenda-group "needs"
            rule "Memory is quiet"
              @id("memory-quiet")
              @owner("finops")
              @why("Memory that is never touched is paid for.")
            When the p99 of memory stays below 50 % of capacity for 14 days
            then
              > insert(new Object());
            end
            """;

    private static SortedMap<String, String> files(String rules) throws IOException {
        SortedMap<String, String> files = new TreeMap<>(small());
        files.put("vocabulary.dsl", Files.readString(Policies.STANDARD.resolve("vocabulary.dsl")));
        files.put("needs/quiet.dslr", rules);
        return files;
    }

    private static String problem(String rules) throws IOException {
        SortedMap<String, String> files = files(rules);
        var thrown = assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> PolicyReader.of(files))
                .actual();
        assertThat(thrown.diagnostics()).hasSize(1);
        return thrown.diagnostics().get(0).toString();
    }

    @Test
    void sentence_becomesConditionsInItsOwnLine() throws IOException {
        PolicyBundle policy = PolicyReader.of(files(QUIET));
        String rules = policy.files().get("needs/quiet.dslr");
        assertThat(rules.lines().count()).isEqualTo(QUIET.lines().count());
        assertThat(rules.lines().toList().get(7))
                .isEqualTo("when  Limit(name == \"memory-quiet-share\", $share8 : value)"
                        + " Limit(name == \"memory-quiet-days\", $days8 : value) $vm : Vm()"
                        + " $use : Usage(resource == Resource.MEMORY,"
                        + " p99 < $vm.capacity.of(Resource.MEMORY) * $share8, coveredDays >= $days8)");
        assertThat(rules.lines().toList().get(9)).isEqualTo("  insert(new Object());");
        RuleSource rule = policy.rules().stream()
                .filter(one -> one.id().equals("memory-quiet"))
                .findFirst()
                .orElseThrow();
        assertThat(rule.isSentences()).isTrue();
        assertThat(rule.line()).isEqualTo(4);
        assertThat(rule.parameters()).containsExactly("memory-quiet-days", "memory-quiet-share");
    }

    @Test
    void numbersOfASentence_areParametersThatATableCanSet() throws IOException {
        SortedMap<String, String> files = files(QUIET);
        files.put(PolicyReader.LIMITS, "parameter,prod\nmemory-quiet-share,0.3\n");
        PolicyBundle policy = PolicyReader.of(files);
        assertThat(policy.limitsFor("default"))
                .contains(new Limit("memory-quiet-share", 0.5, "share"), new Limit("memory-quiet-days", 14, "days"));
        assertThat(policy.limit("prod", "memory-quiet-share")).isEqualTo(0.3);
        assertThat(policy.parameters())
                .filteredOn(one -> one.name().equals("memory-quiet-share"))
                .singleElement()
                .satisfies(one -> assertThat(one.file() + ":" + one.line()).isEqualTo("needs/quiet.dslr:8"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "the p99 of memory stays under 50 % of capacity for 14 days | needs/quiet.dslr:8:6: the vocabulary has no"
                        + " sentence `the p99 of memory stays under 50 % of capacity for 14 days`. Maybe `The {measure:",
                "the p98 of memory stays below 50 % of capacity for 14 days | needs/quiet.dslr:8:6: the vocabulary has no",
                "the p99 of memory stays below 50 of capacity for 14 days | needs/quiet.dslr:8:6: the vocabulary has no",
                "the p99 of memory stays below 150 % of capacity for 14 days | needs/quiet.dslr:8:6: `150 %` is out of"
                        + " bounds [out-of-bounds]",
                "the p99 of memory stays below 14 days of capacity for 14 days | needs/quiet.dslr:8:6:"
                        + " `14 days` is in days, here share is expected. Maybe",
                "the machine runs in the enviroment prod | needs/quiet.dslr:8:6: the vocabulary has no sentence"
                        + " `the machine runs in the enviroment prod`. Maybe"
                        + " `The machine runs in the environment {environment}` [unknown-sentence]",
                "the risk of a target is above {risk} | needs/quiet.dslr:8:6: the vocabulary has no sentence"
                        + " `the risk of a target is above {risk}`. Maybe `The risk of a target is above {risk}`, with words of"
                        + " yours in the place of `{…}` [unknown-sentence]",
                "the p99 of memory stays below headrom of capacity for 14 days | needs/quiet.dslr:8:6: `headrom` is not a"
                        + " parameter of this policy. Maybe `headroom` [unknown-parameter]",
            })
    void sentenceThatIsNone_isToldAtItsOwnLine(String sentence, String problem) throws IOException {
        assertThat(problem(QUIET.replace("the p99 of memory stays below 50 % of capacity for 14 days", sentence)))
                .startsWith(problem);
    }

    @Test
    void sentenceThatNamesAParameter_declaresNone() throws IOException {
        PolicyBundle policy = PolicyReader.of(files(QUIET.replace("50 %", "headroom")));
        assertThat(policy.parameters()).extracting(Parameter::name).containsExactly("headroom", "memory-quiet-days");
    }

    @Test
    void entryThatIsNoSentence_isReported() throws IOException {
        SortedMap<String, String> files = files(QUIET);
        files.put("other.dsl", "# fine\n[when]nothing follows\n");
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> PolicyReader.of(files))
                .withMessageContaining("other.dsl:2: this is no sentence of a vocabulary");
    }
}
