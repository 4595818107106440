package io.regrade.intake.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.fact.Target;
import io.regrade.fact.VmFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads machines or targets as JSON objects, one a line, completely or not at all. A problem's place is a JSON pointer
 * into its line, or the name of the text when the line is no JSON. Stateless; safe to share between threads.
 */
public final class NdjsonReader {

    private final IntakeLimits limits;
    private final VmJson json;

    public NdjsonReader(IntakeLimits limits) {
        this.limits = limits;
        this.json = new VmJson(limits);
    }

    /**
     * Reads machines; what their groups carry is left out, since other members may be held elsewhere.
     *
     * @param windowEnd when the windows of usage summaries end
     * @throws IntakeException with all problems
     */
    public List<VmFacts> vms(byte[] text, Instant windowEnd) {
        return read(text, node -> json.vm(node, windowEnd));
    }

    /**
     * Reads targets.
     *
     * @throws IntakeException with all problems
     */
    public List<Target> targets(byte[] text) {
        return read(text, json::target);
    }

    private <T> List<T> read(byte[] text, Function<JsonNode, T> reader) {
        Problems problems = new Problems(limits.maxProblems());
        List<T> read = new ArrayList<>();
        Map<String, Long> lines = new HashMap<>();
        JsonLines.read(text, limits, problems, (line, node) -> one(node, line, reader, lines, read, problems));
        if (read.isEmpty() && problems.isEmpty()) {
            problems.add("body", 0, "the body has no lines. Maybe `{\"id\": \"…\"}`");
        }
        problems.throwIfAny();
        return read;
    }

    private static <T> void one(
            JsonNode node,
            long line,
            Function<JsonNode, T> reader,
            Map<String, Long> lines,
            List<T> read,
            Problems problems) {
        String id = node.path("id").asText().strip();
        Long before = id.isEmpty() ? null : lines.putIfAbsent(id, line);
        if (before != null) {
            problems.add("/id", line, "`" + Fields.shorten(id) + "` is already in line " + before);
        }
        read.add(reader.apply(node));
    }
}
