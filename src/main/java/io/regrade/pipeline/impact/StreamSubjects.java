package io.regrade.pipeline.impact;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regrade.decision.CanonicalJson;
import io.regrade.decision.FactReader;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Pricing;
import io.regrade.fact.Target;
import io.regrade.pipeline.EvidenceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Machines that come as lines, see {@link FactLines}. Keeps no more of them than one. Every method throws {@link
 * EvidenceException} with the line that cannot be used. Used by one thread; what {@link #next} answers by any.
 */
public final class StreamSubjects implements Subjects {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final byte[] FACTS_FIRST = ("{\"" + FactLines.FACTS + "\":").getBytes(UTF_8);
    private static final int BUFFER = 1 << 16;
    private static final int MOST_BYTES_OF_A_LINE = 16 << 20;
    /** Catalogues that are kept, by digest: pages repeat theirs. */
    private static final int SETTINGS = 8;

    private final InputStream in;
    private final String name;
    private final List<Target> targets = new ArrayList<>();
    private final ByteArrayOutputStream catalog = new ByteArrayOutputStream();
    private final Map<String, Setting> settings = new LinkedHashMap<>(16, 0.75f, true);
    private final SortedMap<String, Long> unusable = new TreeMap<>();
    private final @Nullable SortedMap<String, String> active;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int filled;
    private byte @Nullable [] ahead;
    private long line;
    private long total = -1;
    private @Nullable EvaluationTime time;
    private @Nullable Setting setting;

    /**
     * Reads the first line.
     *
     * @param in not closed here
     * @param name what messages call it, such as {@code standard input}
     */
    public StreamSubjects(InputStream in, String name) {
        this.in = in;
        this.name = name;
        byte[] first = line();
        JsonNode policy =
                first == null || isFacts(first) ? null : parse(first, line).get(FactLines.ACTIVE);
        if (policy == null) {
            ahead = first;
            active = null;
        } else {
            SortedMap<String, String> files = new TreeMap<>();
            policy.properties()
                    .forEach(file -> files.put(file.getKey(), file.getValue().asText()));
            active = files;
        }
    }

    /** The files of the policy in force, by path, when the lines begin with it. */
    public @Nullable SortedMap<String, String> active() {
        return active;
    }

    @Override
    public long total() {
        return total;
    }

    @Override
    public SortedMap<String, Long> unusable() {
        return new TreeMap<>(unusable);
    }

    @Override
    public @Nullable Supplier<Subject> next() {
        for (byte[] text = line(); text != null; text = line()) {
            if (text.length == 0) {
                continue;
            }
            if (isFacts(text)) {
                return subject(text);
            }
            take(parse(text, line), text);
        }
        return null;
    }

    private Supplier<Subject> subject(byte[] text) {
        EvaluationTime moment = time;
        Setting place = setting;
        long number = line;
        if (moment == null || place == null) {
            throw problem(
                    number, "facts stand before `" + (moment == null ? FactLines.TIME : FactLines.PRICING) + "`", null);
        }
        return () -> {
            JsonNode node = parse(text, number);
            JsonNode past = node.get(FactLines.DECISION);
            try {
                return new Subject(
                        FactReader.facts(node.get(FactLines.FACTS)),
                        moment,
                        place,
                        past == null ? null : past.asText());
            } catch (RuntimeException e) {
                throw problem(number, "the facts cannot be read: " + e.getMessage(), e);
            }
        };
    }

    private void take(JsonNode node, byte[] text) {
        try {
            if (node.has(FactLines.TARGET)) {
                targets.add(FactReader.target(node.get(FactLines.TARGET)));
                catalog.writeBytes(text);
                catalog.write('\n');
            } else if (node.has(FactLines.PRICING)) {
                catalog.writeBytes(text);
                setting = setting(FactReader.pricing(node.get(FactLines.PRICING)));
            } else if (node.has(FactLines.TIME)) {
                time = new EvaluationTime(Instant.parse(node.get(FactLines.TIME).asText()));
            } else if (node.has(FactLines.TOTAL)) {
                total = node.get(FactLines.TOTAL).asLong();
            } else if (node.has(FactLines.UNUSABLE)) {
                node.get(FactLines.UNUSABLE)
                        .properties()
                        .forEach(one ->
                                unusable.merge(one.getKey(), one.getValue().asLong(), Long::sum));
            } else {
                throw problem(line, "this is none of the lines that `GET /v1/facts` answers", null);
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw problem(line, String.valueOf(e.getMessage()), e);
        }
    }

    private Setting setting(Pricing pricing) {
        String digest = CanonicalJson.digest(catalog.toByteArray());
        Setting known = settings.computeIfAbsent(digest, key -> Setting.of(targets, pricing));
        if (settings.size() > SETTINGS) {
            settings.remove(settings.keySet().iterator().next());
        }
        targets.clear();
        catalog.reset();
        return known;
    }

    private static boolean isFacts(byte[] text) {
        return text.length > FACTS_FIRST.length
                && java.util.Arrays.equals(text, 0, FACTS_FIRST.length, FACTS_FIRST, 0, FACTS_FIRST.length);
    }

    private JsonNode parse(byte[] text, long number) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (IOException e) {
            throw problem(number, "this is not JSON", e);
        }
        throw problem(number, "this is not a JSON object", null);
    }

    /** The next line without its end, null after the last. */
    private byte @Nullable [] line() {
        byte[] read = ahead;
        if (read != null) {
            ahead = null;
            return read;
        }
        line++;
        ByteArrayOutputStream text = new ByteArrayOutputStream(4096);
        while (true) {
            if (at == filled && !fill()) {
                return text.size() == 0 ? null : text.toByteArray();
            }
            int end = at;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            text.write(buffer, at, end - at);
            at = end + 1;
            if (end < filled) {
                return text.toByteArray();
            }
            at = filled;
            if (text.size() > MOST_BYTES_OF_A_LINE) {
                throw problem(line, "the line is longer than " + MOST_BYTES_OF_A_LINE + " bytes", null);
            }
        }
    }

    private boolean fill() {
        try {
            at = 0;
            filled = Math.max(0, in.read(buffer));
            return filled > 0;
        } catch (IOException e) {
            throw problem(line, "it cannot be read any further: " + e.getMessage(), e);
        }
    }

    private EvidenceException problem(long number, String message, @Nullable Exception cause) {
        EvidenceException problem = new EvidenceException(name + ":" + number + ": " + message);
        if (cause != null) {
            problem.initCause(cause);
        }
        return problem;
    }
}
