package io.regrade.engine.drools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.policy.Diagnostic;
import io.regrade.policy.DiagnosticPages;
import io.regrade.policy.Policies;
import io.regrade.policy.PolicyReader;
import io.regrade.policy.analysis.RuleSetAnalysis;
import io.regrade.policy.structure.PolicyStructure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each kind of finding has a page whose example provokes it and whose mended form does not. */
class DiagnosticPagesTest {

    private static final Path PAGES = Path.of("docs", "rules", "diagnostics");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\w+ (\\S+)\\n(.*?)^```$");
    private static final Pattern USED =
            Pattern.compile("(?:\\b(?:error|warning|at)\\(|Severity\\.(?:ERROR|WARNING),|new Words\\("
                    + "|static final String (?:CODE|CALL|TYPE|CONSTRUCT|REGEX) =)"
                    + "\\s*\"([a-z]+(?:-[a-z]+)*)\"");
    /** What only a file system or a fleet can provoke: {@code PolicyReaderTest} and the tests of the analysis do. */
    private static final Set<String> ELSEWHERE =
            Set.of("unreadable", "too-large", "encoding", "order-dependent", "gap", "contradicted-machine");

    private static final DroolsCompiler COMPILER = new DroolsCompiler();

    @Test
    void everyCodeOfThePages_isListedOnce() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            assertThat(DiagnosticPages.codes())
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString().replace(".md", ""))
                                    .filter(name -> !name.equals("README"))
                                    .toList());
        }
    }

    @Test
    void everyCodeInTheSources_hasAPage() throws IOException {
        Set<String> used = new TreeSet<>();
        for (String room : List.of("policy", "engine/drools")) {
            try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/regrade", room))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Matcher code = USED.matcher(Files.readString(file, UTF_8));
                    while (code.find()) {
                        used.add(code.group(1));
                    }
                }
            }
        }
        assertThat(used).hasSizeGreaterThan(25);
        assertThat(DiagnosticPages.codes()).containsAll(used);
    }

    @TestFactory
    Stream<DynamicTest> example_provokesItsCode_andItsMendedFormDoesNot() {
        return DiagnosticPages.codes().stream()
                .filter(code -> !ELSEWHERE.contains(code))
                .map(code -> DynamicTest.dynamicTest(code, () -> check(code)));
    }

    private static void check(String code) {
        String page = DiagnosticPages.page(code).orElseThrow();
        assertThat(page).startsWith("# `" + code + "`: ");
        int mended = page.indexOf("\n## Mended");
        int example = page.indexOf("\n## Found in");
        assertThat(List.of(example, mended)).doesNotContain(-1).isSorted();
        List<Diagnostic> wrong = found(code, files(page.substring(example, mended), code));
        assertThat(wrong).anySatisfy(one -> assertThat(one.code()).isEqualTo(code));
        assertThat(found(code, files(page.substring(mended), "")))
                .noneMatch(one -> one.code().equals(code) || one.isError());
    }

    private static SortedMap<String, String> files(String section, String code) {
        SortedMap<String, String> files = new TreeMap<>(Policies.small());
        if (code.equals("no-policy")) {
            files.remove("policy.yaml");
        }
        Matcher block = BLOCK.matcher(section);
        while (block.find()) {
            files.put(block.group(1), block.group(2));
        }
        return files;
    }

    /** Without Drools' own compiler, which takes its time, when that is not needed. */
    private static List<Diagnostic> found(String code, SortedMap<String, String> files) {
        PolicyReader.Reading reading = PolicyReader.reading(files);
        PolicyStructure structure = COMPILER.structure(reading.policy());
        List<Diagnostic> found = new ArrayList<>(reading.problems());
        found.addAll(DroolsCompiler.found(reading.policy(), structure));
        found.addAll(RuleSetAnalysis.of(reading.policy(), structure));
        if (found.stream().noneMatch(one -> one.code().equals(code))) {
            found.addAll(COMPILER.check(reading.policy(), structure));
        }
        return found;
    }
}
