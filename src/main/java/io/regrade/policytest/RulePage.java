package io.regrade.policytest;

import io.regrade.decision.Phase;
import io.regrade.fact.Numbers;
import io.regrade.policy.Parameter;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.RuleSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The text of one page about a rule or a decision table. */
final class RulePage {

    private static final Pattern PATTERN = Pattern.compile("(?<![\\w.\"])([A-Z][A-Za-z]+)\\s*\\(");
    private static final Pattern INSERT = Pattern.compile("insert\\(\\s*(?:new\\s+)?([A-Z][A-Za-z]+)");

    private final PolicyBundle policy;
    private final List<TestCase> cases;
    private final String link;

    /** Pages of a policy whose directory is at the end of a link. */
    RulePage(PolicyBundle policy, List<TestCase> cases, String link) {
        this.policy = policy;
        this.cases = cases;
        this.link = link;
    }

    /** The file name of a decision table's page. */
    static String tablePage(String file) {
        return "table-" + file.substring(file.lastIndexOf('/') + 1).replace(".drl.csv", "") + ".md";
    }

    /** What a phase is for. */
    static String meaning(Phase phase) {
        return switch (phase) {
            case REQUIRE -> "Measurements and tables become requirements.";
            case NEEDS -> "Requirements that differ from what the machine has become needs.";
            case CONSTRAIN -> "What any target must offer besides: nothing that matters may be lost.";
            case MATCH -> "Targets on the shortlist are ruled out.";
            case BENEFIT -> "What the remaining targets bring is weighed.";
            case CHOOSE -> "One thing is chosen.";
        };
    }

    String ofRule(RuleSource rule) {
        StringBuilder out = new StringBuilder(RuleDocs.MARK);
        out.append("# ").append(rule.name()).append("\n\n");
        out.append("| id | owner | phase | source |\n|---|---|---|---|\n| `")
                .append(rule.id())
                .append("` | ")
                .append(rule.owner())
                .append(" | ")
                .append(rule.phase())
                .append(" | ")
                .append(place(rule.file(), rule.line()))
                .append(" |\n\n**Why.** ")
                .append(rule.why())
                .append("\n\n## When it triggers\n\n");
        int then = rule.text().indexOf("\nthen");
        String when = then < 0 ? rule.text() : rule.text().substring(0, then);
        Set<String> read = found(PATTERN, when.substring(Math.max(0, when.indexOf("\nwhen"))));
        out.append("It looks at ")
                .append(words(read))
                .append(" and concludes ")
                .append(words(found(INSERT, then < 0 ? "" : rule.text().substring(then))))
                .append(" ([what these are](../facts.md)).\n\n");
        if (rule.isSentences()) {
            out.append("```\n")
                    .append(sentences(rule))
                    .append("\n```\n\nIn the rule language that is ([sentences](../sentences.md)):\n\n");
        }
        out.append("```drl\n").append(rule.text().strip()).append("\n```\n\n## Parameters\n\n");
        if (rule.parameters().isEmpty()) {
            out.append("None.\n");
        } else {
            parameters(out, rule.parameters());
        }
        tests(out, List.of(rule.id()), "\n## It fires", Expectation::fired);
        tests(out, List.of(rule.id()), "\n## It does not fire", Expectation::notFired);
        return out.append("\n[All rules](README.md)\n").toString();
    }

    /** The rule as it was written: line by line it is what the rule language has. */
    private String sentences(RuleSource rule) {
        List<String> lines =
                policy.written().getOrDefault(rule.file(), "").lines().toList();
        int from = Math.min(rule.line() - 1, lines.size());
        int to = Math.min(from + (int) rule.text().strip().lines().count(), lines.size());
        return String.join("\n", lines.subList(from, to));
    }

    String ofTable(String file, List<RuleSource> rows) {
        StringBuilder out = new StringBuilder(RuleDocs.MARK);
        out.append("# ")
                .append(file.substring(file.lastIndexOf('/') + 1)
                        .replace(".drl.csv", "")
                        .replace('-', ' '))
                .append("\n\nA decision table of the phase ")
                .append(rows.get(0).phase())
                .append(": each row is a rule. Source: ")
                .append(place(file, rows.get(0).line()))
                .append("\n\n| id | rule | owner | why | source |\n|---|---|---|---|---|\n");
        for (RuleSource row : rows) {
            out.append("| `" + row.id() + "` | " + row.name() + " | " + row.owner() + " | " + row.why() + " | "
                    + place(file, row.line()) + " |\n");
        }
        out.append("\n## What a row says\n\nThe first, `")
                .append(rows.get(0).id())
                .append("`:\n\n");
        rows.get(0).text().lines().forEach(line -> {
            int colon = line.indexOf("`: ") + 3;
            out.append("- ")
                    .append(line, 0, colon)
                    .append('`')
                    .append(line.substring(colon))
                    .append("`\n");
        });
        List<String> ids = rows.stream().map(RuleSource::id).toList();
        tests(out, ids, "\n## Rows that fire", Expectation::fired);
        tests(out, ids, "\n## Rows that do not fire", Expectation::notFired);
        return out.append("\n[All rules](README.md)\n").toString();
    }

    /** A table of parameters with their values in each environment. */
    void parameters(StringBuilder out, List<String> names) {
        List<String> environments = policy.limits().keySet().stream()
                .filter(environment -> !environment.equals(PolicyBundle.DEFAULT_ENVIRONMENT))
                .sorted()
                .toList();
        out.append("| parameter | meaning | unit | bounds | default |");
        environments.forEach(environment -> out.append(' ').append(environment).append(" |"));
        out.append("\n|---|---|---|---|---:|")
                .append("---:|".repeat(environments.size()))
                .append('\n');
        for (Parameter one : policy.parameters()) {
            if (names.contains(one.name())) {
                out.append("| `" + one.name() + "` | " + one.description() + " | " + one.unit() + " | "
                        + Numbers.show(one.min()) + " to " + Numbers.show(one.max()) + " | "
                        + Numbers.show(policy.limit(PolicyBundle.DEFAULT_ENVIRONMENT, one.name())) + " |");
                for (String environment : environments) {
                    out.append(' ')
                            .append(Numbers.show(policy.limit(environment, one.name())))
                            .append(" |");
                }
                out.append('\n');
            }
        }
    }

    private void tests(
            StringBuilder out, List<String> ids, String title, Function<Expectation, List<String>> expected) {
        out.append(title).append("\n\n");
        int before = out.length();
        for (TestCase test : cases) {
            Set<String> named = new TreeSet<>();
            test.expectations().forEach(e -> named.addAll(expected.apply(e)));
            named.retainAll(ids);
            if (!named.isEmpty()) {
                out.append("- [")
                        .append(test.name())
                        .append("](")
                        .append(link)
                        .append('/')
                        .append(test.file())
                        .append("#L")
                        .append(test.line())
                        .append(')')
                        .append(ids.size() > 1 ? ": " + words(named) : "")
                        .append('\n');
            }
        }
        if (out.length() == before) {
            out.append("No test shows this yet.\n");
        }
    }

    private String place(String file, int line) {
        return "[" + file + ":" + line + "](" + link + "/" + file + "#L" + line + ")";
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static String words(Set<String> words) {
        return words.isEmpty()
                ? "nothing"
                : words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
    }
}
