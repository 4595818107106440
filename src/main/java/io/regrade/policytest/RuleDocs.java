package io.regrade.policytest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.decision.Phase;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.Parameter;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyException;
import io.regrade.policy.PolicyReader;
import io.regrade.policy.RuleSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes a page for each rule of a policy, made from the rule itself and from the tests that name it, one page for each
 * decision table, and an index.
 */
public final class RuleDocs {

    /** The first line of every page, by which pages of rules that are gone are recognised. */
    static final String MARK = "<!-- Made from the rules by `RuleDocs`. Change the rule, not this page. -->\n";

    private final PolicyBundle policy;
    private final RulePage page;

    private RuleDocs(PolicyBundle policy, List<TestCase> cases, String link) {
        this.policy = policy;
        this.page = new RulePage(policy, cases, link);
    }

    /**
     * Writes the pages of the policy in a directory, and deletes those of rules that are gone.
     *
     * @param policyDirectory the policy
     * @param outDirectory where the pages go; made when missing
     * @throws PolicyException with everything that is wrong with the policy or its tests
     * @throws IOException when a page cannot be written
     */
    public static void write(Path policyDirectory, Path outDirectory) throws IOException {
        SortedMap<String, String> pages = pages(policyDirectory, outDirectory);
        Files.createDirectories(outDirectory);
        for (String gone : written(outDirectory).keySet()) {
            if (!pages.containsKey(gone)) {
                Files.delete(outDirectory.resolve(gone));
            }
        }
        for (Map.Entry<String, String> one : pages.entrySet()) {
            Files.writeString(outDirectory.resolve(one.getKey()), one.getValue(), UTF_8);
        }
    }

    /**
     * The pages by file name, with links that are right for pages in this directory; nothing is written.
     *
     * @throws PolicyException with everything that is wrong with the policy or its tests
     */
    public static SortedMap<String, String> pages(Path policyDirectory, Path outDirectory) {
        PolicyBundle policy = PolicyReader.read(policyDirectory);
        List<Diagnostic> problems = new ArrayList<>();
        List<TestCase> cases = PolicyTests.cases(policy, problems);
        if (!problems.isEmpty()) {
            throw new PolicyException(problems);
        }
        String link = outDirectory
                .toAbsolutePath()
                .normalize()
                .relativize(policyDirectory.toAbsolutePath().normalize())
                .toString()
                .replace('\\', '/');
        return new RuleDocs(policy, cases, link).pages();
    }

    /** The pages that are in a directory now, by file name; files that are no such pages are left out. */
    public static SortedMap<String, String> written(Path outDirectory) throws IOException {
        SortedMap<String, String> pages = new TreeMap<>();
        if (Files.isDirectory(outDirectory)) {
            try (Stream<Path> files = Files.list(outDirectory)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".md")).toList()) {
                    String text = Files.readString(file, UTF_8);
                    if (text.startsWith(MARK)) {
                        pages.put(String.valueOf(file.getFileName()), text);
                    }
                }
            }
        }
        return pages;
    }

    private SortedMap<String, String> pages() {
        SortedMap<String, String> pages = new TreeMap<>();
        Map<String, List<RuleSource>> tables = new LinkedHashMap<>();
        for (RuleSource rule : policy.rules()) {
            if (rule.isTableRow()) {
                tables.computeIfAbsent(rule.file(), file -> new ArrayList<>()).add(rule);
            } else {
                pages.put(rule.id() + ".md", page.ofRule(rule));
            }
        }
        tables.forEach((file, rows) -> pages.put(RulePage.tablePage(file), page.ofTable(file, rows)));
        pages.put("README.md", index());
        return pages;
    }

    private String index() {
        StringBuilder out = new StringBuilder(MARK);
        out.append("# The rules of the policy `").append(policy.name()).append("`\n\n");
        out.append(policy.description()).append("\n\n");
        out.append(
                "How its tests are written: [policy tests](../policy-tests.md). How it is checked: [checking](checking.md).\n");
        for (Phase phase : Phase.values()) {
            out.append("\n## ")
                    .append(phase.key())
                    .append("\n\n")
                    .append(RulePage.meaning(phase))
                    .append("\n\n");
            out.append("| rule | says | owner |\n|---|---|---|\n");
            String table = "";
            for (RuleSource rule : policy.rules()) {
                if (!rule.phase().equals(phase.key())) {
                    continue;
                }
                if (!rule.isTableRow()) {
                    row(out, rule.id(), rule.id() + ".md", rule.name(), rule.owner());
                } else if (!rule.file().equals(table)) {
                    table = rule.file();
                    String file = table;
                    long rows = policy.rules().stream()
                            .filter(r -> r.file().equals(file))
                            .count();
                    row(out, table, RulePage.tablePage(table), "A decision table of " + rows + " rules", rule.owner());
                }
            }
        }
        out.append("\n## Parameters\n\nBy environment, the tag `env` of a machine; every other environment has the"
                + " default.\n\n");
        page.parameters(out, policy.parameters().stream().map(Parameter::name).toList());
        return out.toString();
    }

    private static void row(StringBuilder out, String title, String link, String says, String owner) {
        out.append("| [")
                .append(title)
                .append("](")
                .append(link)
                .append(") | ")
                .append(says)
                .append(" | ")
                .append(owner)
                .append(" |\n");
    }
}
