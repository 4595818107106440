package io.regrade.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.fact.Limit;
import io.regrade.fact.Suggestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a policy's directory into a {@link PolicyBundle}, or says everything that is wrong with it. Thread-safe. */
public final class PolicyReader {

    /** Where parameters get their values for each environment. */
    public static final String LIMITS = "tables/limits.csv";

    private static final String POLICY = "policy.yaml";
    private static final long MAX_FILE_BYTES = 4L << 20;
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final List<String> PHASES = List.of("require", "needs", "constrain", "match", "benefit", "choose");

    private PolicyReader() {}

    /**
     * Reads the policy in a directory.
     *
     * @throws PolicyException with every problem found, when there is one
     */
    public static PolicyBundle read(Path directory) {
        return of(files(directory));
    }

    /**
     * Makes a policy of files by their relative path.
     *
     * @throws PolicyException with every problem found, when there is one
     */
    public static PolicyBundle of(SortedMap<String, String> written) {
        List<Diagnostic> problems = new ArrayList<>();
        SortedMap<String, String> all = new TreeMap<>();
        written.forEach((file, text) -> all.put(file, withoutByteOrderMark(text)));
        PolicyYaml head = PolicyYaml.parse(POLICY, all.get(POLICY), problems);
        Map<String, List<Limit>> limits = LimitsTable.read(LIMITS, all.get(LIMITS), head.parameters(), problems)
                .limits();
        SortedMap<String, String> ruleFiles = new TreeMap<>();
        SortedMap<String, String> tests = new TreeMap<>();
        List<RuleSource> rules = new ArrayList<>();
        all.forEach((file, text) -> {
            if (file.endsWith(".drl") || file.endsWith(".drl.csv")) {
                ruleFiles.put(file, text);
            }
            if (file.endsWith(".drl")) {
                rules.addAll(RuleFile.rulesOf(file, text));
            } else if (file.endsWith(".drl.csv")) {
                rules.addAll(TableFile.rulesOf(file, text, problems));
            } else if (file.startsWith("tests/") && file.endsWith("_test.yaml")) {
                tests.put(file, text);
            }
        });
        checkRules(rules, head.parameters(), problems);
        if (problems.stream().anyMatch(p -> p.severity() == Diagnostic.Severity.ERROR)) {
            throw new PolicyException(problems);
        }
        return new PolicyBundle(
                head.name(),
                head.description(),
                digest(written),
                ruleFiles,
                rules,
                tests,
                head.parameters(),
                written,
                limits);
    }

    /** Spreadsheet programs put a mark before the first cell, which is no part of it. */
    static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** An error in a cell of a table, told with the cell's name. */
    static Diagnostic at(String code, String file, Cell cell, String message) {
        return new Diagnostic(
                Diagnostic.Severity.ERROR,
                code,
                file,
                cell.line(),
                cell.column(),
                "cell " + cell.name() + ": " + message);
    }

    private static void checkRules(List<RuleSource> rules, List<Parameter> parameters, List<Diagnostic> problems) {
        List<String> known = parameters.stream().map(Parameter::name).toList();
        Map<String, RuleSource> ids = new HashMap<>();
        Map<String, RuleSource> names = new HashMap<>();
        for (RuleSource rule : rules) {
            requireText(rule, "id", rule.id(), problems);
            requireText(rule, "owner", rule.owner(), problems);
            requireText(rule, "why", rule.why(), problems);
            if (!rule.id().isEmpty() && !ID.matcher(rule.id()).matches()) {
                problems.add(Diagnostic.error(
                        "bad-id",
                        rule.file(),
                        rule.line(),
                        "`" + rule.id() + "` is not an id. Maybe lower-case words joined by `-`"));
            }
            unique(ids, rule.id(), "id", rule, problems);
            unique(names, rule.name(), "name", rule, problems);
            if (!PHASES.contains(rule.phase())) {
                problems.add(Diagnostic.error(
                        "bad-phase",
                        rule.file(),
                        rule.line(),
                        (rule.phase().isEmpty()
                                        ? "no agenda-group names the phase of the rule. Maybe "
                                        : "agenda-group `" + rule.phase() + "` is not a phase. Maybe ")
                                + Suggestion.nearest(rule.phase(), PHASES)));
            }
            RuleFile.arithmeticBindings(rule, problems);
            for (String parameter : rule.parameters()) {
                if (!known.contains(parameter)) {
                    problems.add(Diagnostic.error(
                            "unknown-parameter",
                            rule.file(),
                            RuleFile.lineOf(rule, parameter),
                            "`" + parameter + "` is not a parameter of this policy. Maybe "
                                    + Suggestion.nearest(parameter, known)));
                }
            }
        }
    }

    private static void requireText(RuleSource rule, String what, String text, List<Diagnostic> problems) {
        if (text.isBlank()) {
            problems.add(Diagnostic.error(
                    "missing-" + what,
                    rule.file(),
                    rule.line(),
                    "rule `" + rule.name() + "` has no `@" + what + "`. Maybe "
                            + (rule.file().endsWith(".csv")
                                    ? "fill its cell in a METADATA column `" + what + "(\"$param\")`"
                                    : "add `@" + what + "(\"…\")` under its name")));
        }
    }

    private static void unique(
            Map<String, RuleSource> seen, String key, String what, RuleSource rule, List<Diagnostic> problems) {
        RuleSource first = key.isEmpty() ? null : seen.putIfAbsent(key, rule);
        if (first != null) {
            problems.add(Diagnostic.error(
                    "duplicate-" + what,
                    rule.file(),
                    rule.line(),
                    "the " + what + " `" + key + "` is taken by the rule at " + first.file() + ":" + first.line()));
        }
    }

    private static SortedMap<String, String> files(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new PolicyException(List.of(Diagnostic.error(
                    "no-policy", directory.toString(), 0, "there is no such directory. Maybe `rules/standard`")));
        }
        List<Diagnostic> problems = new ArrayList<>();
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(directory, 8)) {
            for (Path path : tree.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(path).toString().replace('\\', '/');
                if (name.startsWith(".") || name.contains("/.")) {
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

    /** SHA-256 over each file's path, length and content, in the order of the paths. */
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
