package io.regrade.intake.inventory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.regrade.fact.SharedLimit;
import io.regrade.fact.Sla;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Target;
import io.regrade.fact.Usage;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests in JSON, whose fields are the columns of a fleet directory's files; completely or not at all. Places
 * in problems are JSON pointers. Stateless; safe to share between threads.
 */
public final class VmJson {

    private static final int MAX_DEPTH = 32;
    private static final Set<String> NESTED = Set.of("usage", "usage_summary", "modules", "sla");
    private static final List<String> TOP = List.of("vms", "targets");
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final int maxProblems;

    /**
     * The machines and targets of a request.
     *
     * @param vms what it says of each machine
     * @param targets what they can be moved to, null when it doesn't say
     */
    public record Request(List<VmFacts> vms, @Nullable List<Target> targets) {

        /** Copies the lists. */
        public Request {
            vms = List.copyOf(vms);
            targets = targets == null ? null : List.copyOf(targets);
        }
    }

    /** The names of a machine's fields that are no tags, its usage and the like included. */
    public static List<String> vmFields() {
        List<String> fields = new ArrayList<>(Schema.VMS.required());
        fields.addAll(Schema.VMS.optional());
        fields.addAll(List.of("usage", "usage_summary", "modules", "sla"));
        return List.copyOf(fields);
    }

    /** The names of a target's fields that are no tags. */
    public static List<String> targetFields() {
        List<String> fields = new ArrayList<>(Schema.TARGETS.required());
        fields.addAll(Schema.TARGETS.optional());
        return List.copyOf(fields);
    }

    /** Reads requests; so many problems are listed as the limits say. */
    public VmJson(IntakeLimits limits) {
        this.maxProblems = limits.maxProblems();
    }

    /**
     * Parses JSON with bounds on its depth and without duplicate names.
     *
     * @throws IntakeException when it is none; with the line
     */
    public static JsonNode parse(byte[] json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            if (node.isMissingNode()) {
                throw new IntakeException(List.of(new Problem("body", 1, "the body is empty")), 1);
            }
            return node;
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            String why = words(String.valueOf(e.getOriginalMessage()));
            throw new IntakeException(
                    List.of(new Problem("body", line, "this is not JSON that can be read: " + why)), 1);
        } catch (IOException e) {
            throw new IntakeException(List.of(new Problem("body", 0, "the body is not UTF-8")), 1);
        }
    }

    /** The parser's own words, without the class and option names that it adds. */
    private static String words(String message) {
        if (message.startsWith("Non-standard token")) {
            return "a number must be finite. Maybe leave out what is unknown";
        }
        if (message.contains("nesting depth")) {
            return "it is nested deeper than " + MAX_DEPTH + " levels";
        }
        return message.replaceAll("\\s*\\(.*", "").replace('`', '\'');
    }

    /**
     * Reads {@code {"vms": […], "targets": […]}}.
     *
     * @param windowEnd when the windows of usage summaries end
     * @throws IntakeException with all problems
     */
    public Request request(JsonNode body, Instant windowEnd) {
        Problems problems = new Problems(maxProblems);
        List<VmFacts> vms = new ArrayList<>();
        List<Target> targets = new ArrayList<>();
        JsonRow row = JsonRow.closed(body, "", TOP, problems);
        if (row != null) {
            if (!body.has("vms")) {
                problems.add("/vms", 0, "`vms` is missing. Maybe `{\"vms\": […]}`");
            }
            Map<String, String> ids = new HashMap<>();
            list(row, "vms", problems, (node, pointer) -> {
                VmFacts vm = vm(node, pointer, windowEnd, problems);
                checkNew(node, pointer, ids, problems);
                if (vm != null) {
                    vms.add(vm);
                }
            });
            Map<String, String> targetIds = new HashMap<>();
            list(row, "targets", problems, (node, pointer) -> {
                Target target = target(node, pointer, problems);
                checkNew(node, pointer, targetIds, problems);
                if (target != null) {
                    targets.add(target);
                }
            });
        }
        problems.throwIfAny();
        return new Request(Groups.complete(vms), body.has("targets") ? targets : null);
    }

    /**
     * Reads one machine.
     *
     * @param windowEnd when the windows of usage summaries end
     * @throws IntakeException with all problems
     */
    public VmFacts vm(JsonNode node, Instant windowEnd) {
        Problems problems = new Problems(maxProblems);
        VmFacts vm = vm(node, "", windowEnd, problems);
        problems.throwIfAny();
        return Groups.complete(List.of(Objects.requireNonNull(vm))).get(0);
    }

    /**
     * Reads one target.
     *
     * @throws IntakeException with all problems
     */
    public Target target(JsonNode node) {
        Problems problems = new Problems(maxProblems);
        Target target = target(node, "", problems);
        problems.throwIfAny();
        return Objects.requireNonNull(target);
    }

    /**
     * Reads what machines share, {@code {"shared": […]}} among other fields.
     *
     * @param targets the ids of all targets
     * @throws IntakeException with all problems
     */
    public List<SharedLimit> shared(JsonNode body, Set<String> targets) {
        Problems problems = new Problems(maxProblems);
        List<SharedLimit> limits = new ArrayList<>();
        JsonRow row = JsonRow.closed(body, "", List.of("shared", "policy", "settings"), problems);
        if (row != null) {
            Map<String, String> ids = new HashMap<>();
            list(row, "shared", problems, (node, pointer) -> {
                JsonRow one = JsonRow.closed(node, pointer, Schema.SHARED.all(), problems);
                SharedLimit limit = one == null ? null : SharedRows.limit(one, targets);
                checkNew(node, pointer, ids, problems);
                if (limit != null) {
                    limits.add(limit);
                }
            });
        }
        problems.throwIfAny();
        return limits;
    }

    private static void checkNew(JsonNode node, String pointer, Map<String, String> ids, Problems problems) {
        String id = node.path("id").asText().strip();
        String before = id.isEmpty() ? null : ids.putIfAbsent(id, pointer);
        if (before != null) {
            problems.add(pointer + "/id", 0, "`" + Fields.shorten(id) + "` is already in `" + before + "`");
        }
    }

    private static @Nullable Target target(JsonNode node, String pointer, Problems problems) {
        JsonRow row = JsonRow.open(node, pointer, Schema.TARGETS, Set.of(), problems);
        return row == null ? null : FactRows.target(row);
    }

    private static @Nullable VmFacts vm(JsonNode node, String pointer, Instant windowEnd, Problems problems) {
        JsonRow row = JsonRow.open(node, pointer, Schema.VMS, NESTED, problems);
        if (row == null) {
            return null;
        }
        Vm vm = FactRows.vm(row);
        List<Usage> usage = usage(row, windowEnd, problems);
        List<SoftwareModule> modules = new ArrayList<>();
        list(row, "modules", problems, (module, where) -> {
            JsonRow moduleRow = JsonRow.closed(module, where, withoutVm(Schema.MODULES), problems);
            SoftwareModule read = moduleRow == null ? null : FactRows.module(moduleRow);
            if (read != null) {
                modules.add(read);
            }
        });
        Sla sla = null;
        JsonNode stated = row.node("sla");
        if (!stated.isMissingNode() && !stated.isNull()) {
            JsonRow slaRow = JsonRow.closed(stated, row.pointer("sla"), withoutVm(Schema.SLAS), problems);
            sla = slaRow == null ? null : FactRows.sla(slaRow);
        }
        return vm == null ? null : new VmFacts(vm, usage, modules, sla, List.of());
    }

    private static List<Usage> usage(JsonRow row, Instant windowEnd, Problems problems) {
        boolean samples = isGiven(row, "usage", problems);
        boolean summary = isGiven(row, "usage_summary", problems);
        JsonUsage reader = new JsonUsage(problems);
        if (samples && summary) {
            row.problem("usage_summary", "there are both `usage` and `usage_summary`. Maybe leave one of them out");
            return List.of();
        }
        String id = row.node("id").asText().strip();
        return samples
                ? reader.samples(row.node("usage"), row.pointer("usage"), id)
                : summary
                        ? reader.summaries(row.node("usage_summary"), row.pointer("usage_summary"), windowEnd)
                        : List.of();
    }

    private static boolean isGiven(JsonRow row, String name, Problems problems) {
        JsonNode node = row.node(name);
        if (!node.isArray() && !node.isMissingNode() && !node.isNull()) {
            problems.add(row.pointer(name), 0, "a list is expected, not " + JsonRow.kind(node));
        }
        return node.isArray();
    }

    private static List<String> withoutVm(Schema schema) {
        return schema.required().stream().filter(name -> !name.equals("vm")).toList();
    }

    /** Takes one entry of a list. */
    @FunctionalInterface
    private interface Entry {
        void read(JsonNode node, String pointer);
    }

    private static void list(JsonRow row, String name, Problems problems, Entry entry) {
        if (isGiven(row, name, problems)) {
            JsonNode list = row.node(name);
            for (int i = 0; i < list.size(); i++) {
                entry.read(list.get(i), JsonRow.child(row.pointer(name), String.valueOf(i)));
            }
        }
    }
}
