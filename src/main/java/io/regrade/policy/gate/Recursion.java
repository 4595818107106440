package io.regrade.policy.gate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds methods of a policy that come back to themselves: they could end a thread's stack where nobody expects it. */
final class Recursion {

    private final Map<String, MethodUses> methods = new HashMap<>();
    private final Set<String> done = new HashSet<>();
    private final Set<String> open = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();

    private Recursion(List<MethodUses> uses) {
        uses.forEach(one -> methods.put(key(one), one));
    }

    static List<Finding> of(List<MethodUses> uses) {
        Recursion recursion = new Recursion(uses);
        uses.forEach(recursion::follow);
        return recursion.findings;
    }

    private void follow(MethodUses from) {
        String key = key(from);
        if (done.contains(key) || !open.add(key)) {
            return;
        }
        for (Member called : from.own()) {
            MethodUses next = methods.get(called.owner() + "." + called.name() + called.descriptor());
            if (next != null && open.contains(key(next))) {
                findings.add(new Finding(
                        from.type(),
                        from.method(),
                        Finding.CONSTRUCT,
                        "`" + called.name() + "` calls itself. Maybe a loop",
                        called.name()));
            } else if (next != null) {
                follow(next);
            }
        }
        open.remove(key);
        done.add(key);
    }

    private static String key(MethodUses one) {
        return one.type() + "." + one.method();
    }
}
