package io.regrade.engine.attack;

import io.regrade.engine.drools.TextChecks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The suite of attacks as a table of {@code docs/security.md}: what is tried, and what becomes of it. */
final class AttackTable {

    /** What the attacks in a directory are after, in the order of the table. */
    private static final Map<String, String> AFTER = after();

    private static Map<String, String> after() {
        Map<String, String> after = new LinkedHashMap<>();
        after.put("file", "reading, writing and deleting files");
        after.put("process", "starting programs");
        after.put("network", "connections, listeners, names");
        after.put("jndi", "JNDI and JMX");
        after.put("reflection", "reflection, handles, `Unsafe`");
        after.put("loader", "loading classes, scripts, native code");
        after.put("serialization", "reading and writing objects");
        after.put("thread", "threads, and waiting");
        after.put("exit", "ending the server");
        after.put("state", "keeping things between machines; clocks, chance, surroundings");
        after.put("facts", "changing facts that all rules share, or the session");
        after.put(
                "construct",
                "hiding code in MVEL, `eval`, `accumulate`, functions, queries, declared types, attributes");
        after.put("compiler", "what the compiler would run, write into its own code, or not bear");
        after.put("object", "hiding code in classes of its own");
        after.put("table", "hiding code in a cell or the head of a decision table");
        after.put("sentence", "hiding code in a sentence, its meaning or its words");
        after.put("budget", "catching what stops a rule");
        after.put("time", "loops without end");
        after.put("firings", "rules that set each other off, conclusions without end");
        after.put("join", "joins of everything with everything");
        after.put("memory", "arrays, collections and numbers without end");
        after.put("string", "texts without end");
        after.put("regex", "regular expressions that run away");
        return after;
    }

    private final List<Attack> attacks;

    AttackTable(List<Attack> attacks) {
        this.attacks = attacks;
    }

    /** The kinds of attack without words in the table, or without attacks. */
    SortedSet<String> unknownKinds() {
        SortedSet<String> kinds = attacks.stream().map(Attack::kind).collect(Collectors.toCollection(TreeSet::new));
        SortedSet<String> unknown = new TreeSet<>(kinds);
        unknown.removeAll(AFTER.keySet());
        AFTER.keySet().stream().filter(kind -> !kinds.contains(kind)).forEach(unknown::add);
        return unknown;
    }

    /** The table as Markdown. */
    String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("| class of attack | what it is after | attacks | refused by text | refused by bytecode | contained |"
                + " codes and budgets |");
        lines.add("|---|---|---:|---:|---:|---:|---|");
        AFTER.forEach((kind, words) -> lines.add(row(
                "`" + kind + "`",
                words,
                attacks.stream().filter(attack -> attack.kind().equals(kind)).toList())));
        lines.add(row("all", "", attacks));
        return String.join("\n", lines) + "\n";
    }

    private static String row(String kind, String words, List<Attack> own) {
        List<Attack> refused =
                own.stream().filter(attack -> attack.contained().isEmpty()).toList();
        long byText = refused.stream().filter(AttackTable::isRefusedByText).count();
        SortedSet<String> by = Stream.concat(
                        refused.stream()
                                .flatMap(attack -> attack.refusals().stream())
                                .map(one -> "`" + one.code() + "`"),
                        own.stream()
                                .filter(attack -> !attack.contained().isEmpty())
                                .flatMap(attack -> Stream.of(attack.contained().split(" or "))))
                .collect(Collectors.toCollection(TreeSet::new));
        return String.format(
                "| %s | %s | %d | %d | %d | %d | %s |",
                kind,
                words,
                own.size(),
                byText,
                refused.size() - byText,
                own.size() - refused.size(),
                kind.equals("all") ? "" : String.join(", ", by));
    }

    private static boolean isRefusedByText(Attack attack) {
        return TextChecks.of(AttackTest.policy(List.of(attack))).stream()
                .anyMatch(one -> one.file().equals(attack.file()));
    }
}
