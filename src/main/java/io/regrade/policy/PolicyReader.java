package io.regrade.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.fact.Limit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads a policy's directory into a {@link PolicyBundle}, or says everything that is wrong with it. Thread-safe. */
public final class PolicyReader {

    /** Where parameters get their values for each environment. */
    public static final String LIMITS = "tables/limits.csv";

    private static final String POLICY = "policy.yaml";
    private static final long MAX_FILE_BYTES = 4L << 20;

    private PolicyReader() {}

    /**
     * Reads the policy in a directory.
     *
     * @throws PolicyException with every problem of its head and tables, when there is one; rules are judged by the compiler
     */
    public static PolicyBundle read(Path directory) {
        return of(files(directory));
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
                head.name(), head.description(), digest(written), ruleFiles, rules, tests, parameters, written, limits);
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
                "cell " + cell.name() + ": " + message);
    }

    /**
     * The files of a policy by their path relative to its directory, links followed; hidden ones and backups of editors are
     * no part of it.
     *
     * @throws PolicyException when one cannot be read
     */
    public static SortedMap<String, String> files(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new PolicyException(List.of(Diagnostic.error(
                    "no-policy", directory.toString(), 0, "there is no such directory. Maybe `rules/standard`")));
        }
        List<Diagnostic> problems = new ArrayList<>();
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(directory, 8, FileVisitOption.FOLLOW_LINKS)) {
            for (Path path : tree.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(path).toString().replace('\\', '/');
                if (name.startsWith(".") || name.contains("/.") || name.endsWith("~")) {
                    continue;
                }
                if (Files.size(path) > MAX_FILE_BYTES) {
                    problems.add(Diagnostic.error("too-large", name, 0, "the file is larger than 4 MiB"));
                    continue;
                }
                try {
                    files.put(name, Files.readString(path, UTF_8));
                } catch (CharacterCodingException e) {
                    problems.add(Diagnostic.error("encoding", name, 0, "the file is not UTF-8 text"));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            problems.add(Diagnostic.error(
                    "unreadable", directory.toString(), 0, "the directory or a file in it cannot be read"));
        }
        if (!problems.isEmpty()) {
            throw new PolicyException(problems);
        }
        return files;
    }

    /** {@code sha256:…} over the names and contents of a policy's files, as {@link PolicyBundle#digest()} has it. */
    public static String digest(SortedMap<String, String> files) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            files.forEach((name, text) -> {
                byte[] content = text.getBytes(UTF_8);
                sha.update((name + "\n" + content.length + "\n").getBytes(UTF_8));
                sha.update(content);
            });
            return "sha256:" + HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
