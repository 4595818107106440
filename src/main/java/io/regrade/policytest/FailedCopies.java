package io.regrade.policytest;

import io.regrade.policy.Diagnostic;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the copies of rules that a compiler refused, by the places of its errors in the changed files. */
final class FailedCopies {

    private static final Pattern HEAD = Pattern.compile("^\\s*rule\\s+(?:\"[^\"]*~(\\d+)\"|\\S)");
    private static final Pattern ROW = Pattern.compile("value == (\\d+)\\W*$");

    private FailedCopies() {}

    /**
     * The numbers of the copies with errors, each with what is wrong with it.
     *
     * @param problems what the compiler said of the changed files
     * @param files the changed files
     * @param copies the file of each copy that is in them, by its number
     */
    static SortedMap<Integer, String> of(
            List<Diagnostic> problems, Map<String, String> files, Map<Integer, String> copies) {
        SortedMap<Integer, String> failed = new TreeMap<>();
        for (Diagnostic problem : problems) {
            int number = at(problem, files.getOrDefault(problem.file(), ""));
            if (copies.containsKey(number)) {
                failed.putIfAbsent(number, problem.sentence());
            }
        }
        if (failed.isEmpty()) {
            // None can be told from the others, so none of its file is tried; without a file, none at all.
            for (Diagnostic problem : problems) {
                boolean known = copies.containsValue(problem.file());
                copies.forEach((number, file) -> {
                    if (!known || file.equals(problem.file())) {
                        failed.putIfAbsent(number, "one of the changes beside it: " + problem.sentence());
                    }
                });
            }
        }
        return failed;
    }

    /** The number of the copy that stands at a place; 0 for none. */
    private static int at(Diagnostic problem, String text) {
        List<String> lines = text.lines().toList();
        boolean table = problem.file().endsWith(".csv");
        for (int line = Math.min(problem.line(), lines.size()); line > 0; line--) {
            Matcher matcher = (table ? ROW : HEAD).matcher(lines.get(line - 1));
            if (matcher.find()) {
                return matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
            }
            if (table) {
                return 0;
            }
        }
        return 0;
    }
}
