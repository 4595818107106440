package io.regrade.policy;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How one file differs between two versions of a policy.
 *
 * @param path the file
 * @param change whether it is there in one of them only
 * @param unified the lines that differ, with three lines around them, as a unified diff
 */
public record FileDiff(String path, Change change, String unified) {

    private static final int CONTEXT = 3;

    /** What became of something. */
    public enum Change {
        ADDED,
        REMOVED,
        CHANGED
    }

    /** The files that differ, in the order of their paths. */
    public static List<FileDiff> between(SortedMap<String, String> from, SortedMap<String, String> to) {
        TreeSet<String> paths = new TreeSet<>(from.keySet());
        paths.addAll(to.keySet());
        List<FileDiff> diffs = new ArrayList<>();
        for (String path : paths) {
            String before = from.get(path);
            String after = to.get(path);
            if (before == null || !before.equals(after)) {
                Change change = before == null ? Change.ADDED : after == null ? Change.REMOVED : Change.CHANGED;
                diffs.add(new FileDiff(path, change, unified(path, before, after)));
            }
        }
        return diffs;
    }

    private static String unified(String path, @Nullable String before, @Nullable String after) {
        List<String> old = lines(before);
        List<String> lines = UnifiedDiffUtils.generateUnifiedDiff(
                before == null ? "/dev/null" : "a/" + path,
                after == null ? "/dev/null" : "b/" + path,
                old,
                DiffUtils.diff(old, lines(after)),
                CONTEXT);
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private static List<String> lines(@Nullable String text) {
        return text == null ? List.of() : text.lines().toList();
    }
}
