package io.regrade.intake.inventory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.regrade.fact.Sla;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Writes machines and targets in the form that {@link FleetReader} and {@link VmJson} read: what is written and read
 * again is equal. What is unknown is left empty or out. Stateless; safe to share between threads.
 */
public final class InventoryWriter {

    private InventoryWriter() {}

    /** Writes a {@code vms.csv} with its header. */
    public static void writeVms(Writer out, Collection<Vm> vms) throws IOException {
        write(out, Schema.VMS, vms.stream().map(FactColumns::of).toList());
    }

    /** Writes a {@code targets.csv} with its header. */
    public static void writeTargets(Writer out, Collection<Target> targets) throws IOException {
        write(out, Schema.TARGETS, targets.stream().map(FactColumns::of).toList());
    }

    private static void write(Writer out, Schema schema, List<Map<String, Object>> rows) throws IOException {
        List<String> header = new ArrayList<>(schema.required());
        header.addAll(schema.optional());
        TreeSet<String> own = new TreeSet<>();
        rows.forEach(row -> tags(row).forEach((name, value) -> {
            if (needsOwnColumn(value)) {
                own.add(name);
            }
        }));
        header.addAll(own);
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
        csv.writeRecord(header);
        for (Map<String, Object> row : rows) {
            csv.writeRecord(header.stream().map(name -> cell(row, name, own)).toList());
        }
        csv.flush();
    }

    /** A tag that would not come back from a list of tags has a column of its own. */
    private static boolean needsOwnColumn(String value) {
        return value.indexOf(';') >= 0;
    }

    private static Map<String, String> tags(Map<String, Object> row) {
        return FactColumns.words(row.get("tags"));
    }

    private static String cell(Map<String, Object> row, String name, Collection<String> own) {
        Map<String, String> tags = tags(row);
        if (own.contains(name)) {
            return tags.getOrDefault(name, "");
        }
        if (name.equals("tags")) {
            return String.join(
                    ";",
                    tags.entrySet().stream()
                            .filter(tag -> !own.contains(tag.getKey()))
                            .map(tag -> tag.getKey() + "=" + tag.getValue())
                            .toList());
        }
        Object value = row.get(name);
        return value instanceof Collection<?> list
                ? String.join(";", list.stream().map(String::valueOf).toList())
                : value == null ? "" : FactColumns.text(value);
    }

    /** A machine as the JSON object that a request gives. */
    public static ObjectNode json(Vm vm) {
        return json(FactColumns.of(vm));
    }

    /** A target as the JSON object that a request gives. */
    public static ObjectNode json(Target target) {
        return json(FactColumns.of(target));
    }

    /** A machine with its usage as summaries, its modules and its agreement. */
    public static ObjectNode json(VmFacts facts) {
        ObjectNode json = json(facts.vm());
        if (!facts.usage().isEmpty()) {
            ArrayNode usage = json.putArray("usage_summary");
            facts.usage().forEach(one -> usage.add(json(FactColumns.of(one))));
        }
        if (!facts.modules().isEmpty()) {
            ArrayNode modules = json.putArray("modules");
            facts.modules().forEach(one -> modules.add(json(FactColumns.of(one))));
        }
        Sla sla = facts.sla();
        if (sla != null) {
            json.set("sla", json(FactColumns.of(sla)));
        }
        return json;
    }

    private static ObjectNode json(Map<String, Object> row) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        row.forEach((name, value) -> {
            if (value instanceof Collection<?> list) {
                ArrayNode array = json.putArray(name);
                list.forEach(entry -> array.add(String.valueOf(entry)));
            } else if (value instanceof Map<?, ?> map) {
                ObjectNode object = json.putObject(name);
                map.forEach((key, entry) -> object.put(String.valueOf(key), String.valueOf(entry)));
            } else if (value instanceof Double number) {
                if (number == Math.rint(number) && Math.abs(number) < 1e15) {
                    json.put(name, number.longValue());
                } else {
                    json.put(name, number);
                }
            } else if (value instanceof Long number) {
                json.put(name, number);
            } else if (value instanceof Boolean flag) {
                json.put(name, flag);
            } else {
                json.put(name, String.valueOf(value));
            }
        });
        return json;
    }
}
