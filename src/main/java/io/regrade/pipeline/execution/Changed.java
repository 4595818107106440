package io.regrade.pipeline.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.FactJson;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which fields of a machine or target differ, in words. Stateless. */
final class Changed {

    private Changed() {}

    static String between(Vm then, Vm now) {
        return between(FactJson.vm(then), FactJson.vm(now));
    }

    static String between(Target then, Target now) {
        return between(FactJson.target(then), FactJson.target(now));
    }

    private static String between(ObjectNode then, ObjectNode now) {
        TreeSet<String> fields = new TreeSet<>();
        then.fieldNames().forEachRemaining(fields::add);
        now.fieldNames().forEachRemaining(fields::add);
        return fields.stream()
                .filter(field -> !Objects.equals(then.get(field), now.get(field)))
                .map(field -> "`" + field + "` was " + then.get(field) + " and is " + now.get(field))
                .collect(Collectors.joining(", "))
                .replace("null", "unknown");
    }
}
