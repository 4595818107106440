package io.regrade.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.regrade.fact.Attribute;
import io.regrade.fact.LifeCycle;
import io.regrade.fact.Requirement;
import io.regrade.policy.PolicyBundle;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** The decision tables of the standard policy as maps, and the names of the environments that have limits. */
final class HandTables {

    private final Map<String, LifeCycle> lifeCycles = new LinkedHashMap<>();
    private final Map<String, Requirement> features = new LinkedHashMap<>();
    private final Map<String, HandLimits> limits = new HashMap<>();
    private final HandLimits otherLimits;

    HandTables(PolicyBundle policy) {
        rows(
                policy,
                "tables/os-life-cycles.drl.csv",
                (series, cells) -> lifeCycles.put(series, LifeCycle.of(series, cells[0], cells[1])));
        rows(
                policy,
                "tables/required-features.drl.csv",
                (data, cells) -> features.put(data, Requirement.equal(Attribute.FEATURE, cells[0], "")));
        for (String environment : policy.limits().keySet()) {
            limits.put(environment, HandLimits.of(policy, environment));
        }
        otherLimits = HandLimits.of(policy, PolicyBundle.DEFAULT_ENVIRONMENT);
    }

    private static void rows(PolicyBundle policy, String file, BiConsumer<String, String[]> row) {
        boolean head = true;
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().ofCsvRecord(policy.files().get(file))) {
            for (CsvRecord cells : reader) {
                if (!head) {
                    row.accept(cells.getField(1), cells.getField(2).split(",\\s*", 2));
                }
                head &= !cells.getField(0).equals("Rule");
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    HandLimits limits(String environment) {
        return limits.getOrDefault(environment, otherLimits);
    }

    /** Life cycles by release line, in the order of the table. */
    Map<String, LifeCycle> lifeCycles() {
        return lifeCycles;
    }

    /** Required features by the tag that asks for them, in the order of the table. */
    Map<String, Requirement> features() {
        return features;
    }

    /** Null when the release line is not in the table. */
    LifeCycle lifeCycle(String series) {
        return lifeCycles.get(series);
    }

    /** Null when the tag asks for nothing. */
    Requirement feature(String data) {
        return features.get(data);
    }
}
