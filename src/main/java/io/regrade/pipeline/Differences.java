package io.regrade.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.decision.CanonicalJson;
import io.regrade.pipeline.Replay.Difference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where two JSON documents differ, in the order of their canonical forms, a trace last.
 *
 * @param first the first of them
 * @param inAll how many there are
 */
record Differences(List<Difference> first, int inAll) {

    static final Differences NONE = new Differences(List.of(), 0);

    /** No more than this are kept; the others are counted. */
    private static final int MOST = 50;

    /** What was decided before how it came about, which differs in many places when something does. */
    private static final Comparator<String> CONCLUSION_FIRST =
            Comparator.comparing((String name) -> name.equals("trace")).thenComparing(Comparator.naturalOrder());

    /** Values that differ: the smallest ones, except where one document has nothing at all. */
    static Differences between(JsonNode then, JsonNode now) {
        List<Difference> found = new ArrayList<>();
        int inAll = compare("", then, now, found);
        return new Differences(found, inAll);
    }

    private static int compare(
            String pointer, @Nullable JsonNode then, @Nullable JsonNode now, List<Difference> found) {
        int count = 0;
        if (then != null && now != null && then.isObject() && now.isObject()) {
            TreeSet<String> names = new TreeSet<>(pointer.isEmpty() ? CONCLUSION_FIRST : Comparator.naturalOrder());
            then.fieldNames().forEachRemaining(names::add);
            now.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                String child = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
                count += compare(child, then.get(name), now.get(name), found);
            }
            return count;
        }
        if (then != null && now != null && then.isArray() && now.isArray()) {
            for (int i = 0; i < Math.max(then.size(), now.size()); i++) {
                count += compare(pointer + "/" + i, then.get(i), now.get(i), found);
            }
            return count;
        }
        if (then == null || now == null || !Arrays.equals(CanonicalJson.bytes(then), CanonicalJson.bytes(now))) {
            if (found.size() < MOST) {
                found.add(new Difference(pointer, then, now));
            }
            return 1;
        }
        return 0;
    }
}
