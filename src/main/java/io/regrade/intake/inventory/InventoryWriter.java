package io.regrade.intake.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.regrade.decision.FactJson;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
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
        write(out, Schema.VMS, vms.stream().map(FactJson::vm).toList());
    }

    /** Writes a {@code targets.csv} with its header. */
    public static void writeTargets(Writer out, Collection<Target> targets) throws IOException {
        write(out, Schema.TARGETS, targets.stream().map(FactJson::target).toList());
    }

    private static void write(Writer out, Schema schema, List<ObjectNode> rows) throws IOException {
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
        for (ObjectNode row : rows) {
            csv.writeRecord(header.stream().map(name -> cell(row, name, own)).toList());
        }
        csv.flush();
    }

    /** A tag that would not come back from a list of tags has a column of its own. */
    private static boolean needsOwnColumn(String value) {
        return value.indexOf(';') >= 0;
    }

    private static Map<String, String> tags(ObjectNode row) {
        Map<String, String> tags = new LinkedHashMap<>();
        row.path("tags")
                .fields()
                .forEachRemaining(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        return tags;
    }

    private static String cell(ObjectNode row, String name, Collection<String> own) {
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
        JsonNode value = row.path(name);
        if (value.isArray()) {
            List<String> words = new ArrayList<>();
            value.forEach(word -> words.add(word.asText()));
            return String.join(";", words);
        }
        // Numbers without an exponent and without a needless fraction.
        return value.isFloatingPointNumber()
                ? BigDecimal.valueOf(value.doubleValue()).stripTrailingZeros().toPlainString()
                : value.asText();
    }

    /** A machine as the JSON object that a request gives. */
    public static ObjectNode json(Vm vm) {
        return FactJson.vm(vm);
    }

    /** A target as the JSON object that a request gives. */
    public static ObjectNode json(Target target) {
        return FactJson.target(target);
    }

    /** A machine with its usage as summaries, its modules and its agreement. */
    public static ObjectNode json(VmFacts facts) {
        ObjectNode json = json(facts.vm());
        if (!facts.usage().isEmpty()) {
            ArrayNode usage = json.putArray("usage_summary");
            facts.usage().forEach(one -> usage.add(FactJson.usageSummary(one)));
        }
        if (!facts.modules().isEmpty()) {
            ArrayNode modules = json.putArray("modules");
            facts.modules().forEach(one -> modules.add(FactJson.module(one)));
        }
        if (facts.sla() != null) {
            json.set("sla", FactJson.sla(facts.sla()));
        }
        return json;
    }
}
