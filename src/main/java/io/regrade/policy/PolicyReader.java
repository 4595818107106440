package io.regrade.policy;

import io.regrade.fact.Limit;
import io.regrade.policy.bundle.Bundle;
import io.regrade.policy.bundle.BundleException;
import io.regrade.policy.bundle.BundleSource;
import io.regrade.policy.bundle.TrustedKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Reads a policy's directory or archive into a {@link PolicyBundle}, or says everything that is wrong with it. Thread-safe. */
public final class PolicyReader {

    /** Where parameters get their values for each environment. */
    public static final String LIMITS = "tables/limits.csv";

    private static final String POLICY = "policy.yaml";

    private PolicyReader() {}

    /**
     * Reads the policy in a directory or a {@code tar.gz}, whoever signed it.
     *
     * @throws PolicyException with every problem of its head and tables, when there is one; rules are judged by the compiler
     */
    public static PolicyBundle read(Path path) {
        return read(path, TrustedKeys.ANY);
    }

    /**
     * Reads the policy in a directory or a {@code tar.gz}.
     *
     * @param trusted the keys that it must be signed with
     * @throws PolicyException with every problem found, when there is one
     */
    public static PolicyBundle read(Path path, TrustedKeys trusted) {
        return of(bundle(path, trusted).files());
    }

    /**
     * Reads the files of a policy from a directory or a {@code tar.gz}, without looking into them.
     *
     * @param trusted the keys that it must be signed with
     * @throws PolicyException when they cannot be taken
     */
    public static Bundle bundle(Path path, TrustedKeys trusted) {
        return orDiagnostics(() -> trusted.admit(BundleSource.read(path), path.toString()));
    }

    /**
     * Makes a policy of a bundle.
     *
     * @param name what problems call the bundle
     * @param trusted the keys that it must be signed with
     * @throws PolicyException with every problem found, when there is one
     */
    public static PolicyBundle of(Bundle bundle, String name, TrustedKeys trusted) {
        return of(orDiagnostics(() -> trusted.admit(bundle, name)).files());
    }

    /**
     * Makes a policy of files by their relative path.
     *
     * @throws PolicyException with every problem of its head and tables, when there is one
     */
    public static PolicyBundle of(SortedMap<String, String> written) {
        Reading reading = reading(written);
        if (reading.problems().stream().anyMatch(Diagnostic::isError)) {
            throw new PolicyException(reading.problems());
        }
        return reading.policy();
    }

    /**
     * A policy as far as it can be read.
     *
     * @param policy what could be read; parameters with mistakes have NaN for what is wrong
     * @param problems of its head and tables; of the rules only those that hide some
     */
    public record Reading(PolicyBundle policy, List<Diagnostic> problems) {}

    /** Reads as much of a policy as can be read, so that one mistake does not hide the others. */
    public static Reading reading(SortedMap<String, String> written) {
        List<Diagnostic> problems = new ArrayList<>();
        SortedMap<String, String> all = new TreeMap<>();
        written.forEach((file, text) -> all.put(file, withoutByteOrderMark(text)));
        PolicyYaml head = PolicyYaml.parse(POLICY, all.get(POLICY), problems);
        SentenceVocabulary vocabulary = SentenceVocabulary.read(all, problems);
        List<Parameter> parameters = new ArrayList<>(head.parameters());
        SortedMap<String, String> sentences = new TreeMap<>();
        all.forEach((file, text) -> {
            if (file.endsWith(".dslr")) {
                SentenceFile read = new SentenceFile(file, vocabulary, head.parameters(), problems);
                sentences.put(file, read.expanded(text));
                parameters.addAll(read.stated());
            }
        });
        all.putAll(sentences);
        Map<String, List<Limit>> limits =
                LimitsTable.read(LIMITS, all.get(LIMITS), parameters, problems).limits();
        SortedMap<String, String> ruleFiles = new TreeMap<>();
        SortedMap<String, String> tests = new TreeMap<>();
        List<RuleSource> rules = new ArrayList<>();
        all.forEach((file, text) -> {
            if (file.endsWith(".drl") || file.endsWith(".dslr") || file.endsWith(".drl.csv")) {
                ruleFiles.put(file, text);
            }
            if (file.endsWith(".drl") || file.endsWith(".dslr")) {
                rules.addAll(RuleFile.rulesOf(file, text));
            } else if (file.endsWith(".drl.csv")) {
                rules.addAll(TableFile.rulesOf(file, text, problems));
            } else if (file.startsWith("tests/") && file.endsWith("_test.yaml")) {
                tests.put(file, text);
            }
        });
        PolicyBundle policy = new PolicyBundle(
                head.name(),
                head.description(),
                Bundle.digest(written),
                ruleFiles,
                rules,
                tests,
                parameters,
                written,
                limits);
        return new Reading(policy, List.copyOf(problems));
    }

    /** Spreadsheet programs put a mark before the first cell, which is no part of it. */
    static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** An error in a cell of a table, told with the cell's name. */
    static Diagnostic at(String code, String file, Cell cell, String message) {
        return Diagnostic.of(
                Diagnostic.Severity.ERROR,
                code,
                file,
                cell.line(),
                cell.column(),
                DecisionTable.CELL + cell.name() + ": " + message);
    }

    /**
     * The files of a policy's directory or archive by their relative path, links followed; hidden ones and backups of
     * editors are no part of it.
     *
     * @throws PolicyException when one cannot be read
     */
    public static SortedMap<String, String> files(Path path) {
        return bundle(path, TrustedKeys.ANY).files();
    }

    /** {@code sha256:…} over the names and contents of a policy's files, as {@link PolicyBundle#digest()} has it. */
    public static String digest(SortedMap<String, String> files) {
        return Bundle.digest(files);
    }

    /** The files of a bundle, in the words of diagnostics. */
    private static <T> T orDiagnostics(Supplier<T> read) {
        try {
            return read.get();
        } catch (BundleException e) {
            throw new PolicyException(e.flaws().stream()
                    .map(flaw -> Diagnostic.error(flaw.code(), flaw.file(), 0, flaw.message()))
                    .toList());
        }
    }
}
