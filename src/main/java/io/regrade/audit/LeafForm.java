package io.regrade.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a leaf has to look like: canonical JSON of a known type with its fields. */
final class LeafForm {

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern COMMITMENT = Pattern.compile("[0-9a-f]{64}");

    private static final Set<String> STEPS = Set.of("start", "promote", "withdraw", "stop");
    private static final List<String> DRAFT_STEPS =
            List.of("create", "edit", "check", "test", "impact", "submit", "approve", "reject", "withdraw", "activate");
    private static final List<String> OFFER_STEPS =
            List.of("offer", "accept", "refuse", "counter", "withdraw", "expire", "leave");
    private static final List<String> ACTIVATIONS =
            List.of("start", "watch", "activate", "promote", "rollback", "release");

    /** What a field's value is. */
    private enum Kind {
        TEXT("a text that is not empty"),
        TIME("a time such as `2026-01-31T00:00:00Z`"),
        DIGEST("`sha256:` and 64 hexadecimal digits"),
        COMMITMENT("64 hexadecimal digits"),
        OUTCOME("`decided` or `failed`"),
        PASSED("`passed` or `failed`"),
        DRAFT_STEP("one of " + DRAFT_STEPS),
        OFFER_STEP("one of " + OFFER_STEPS),
        ACTIVATION("one of " + ACTIVATIONS),
        COUNT("a whole number"),
        STEP("`start`, `promote`, `withdraw` or `stop`"),
        SHARE("a number from 0 to 100"),
        INDEXES("a list of leaf indexes");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private record Field(String name, Kind kind, boolean needed) {}

    /** A version on trial. */
    private static final List<Field> TRIAL = List.of(
            need("name", Kind.TEXT),
            need("policy", Kind.DIGEST),
            need("step", Kind.STEP),
            need("share", Kind.SHARE),
            need("by", Kind.TEXT));

    private static final Map<String, List<Field>> TYPES = Map.ofEntries(
            Map.entry(
                    "decision",
                    List.of(
                            need("id", Kind.TEXT),
                            need("action", Kind.TEXT),
                            need("policy", Kind.DIGEST),
                            need("engine", Kind.TEXT),
                            need("catalogue", Kind.DIGEST),
                            need("facts", Kind.COMMITMENT),
                            need("trace", Kind.COMMITMENT),
                            need("result", Kind.COMMITMENT),
                            need("vm", Kind.COMMITMENT),
                            need("outcome", Kind.OUTCOME))),
            Map.entry(
                    "refusal",
                    List.of(
                            need("reason", Kind.TEXT),
                            new Field("policy", Kind.TEXT, false),
                            new Field("count", Kind.COUNT, false),
                            new Field("from", Kind.TIME, false),
                            new Field("until", Kind.TIME, false))),
            Map.entry(
                    "activation",
                    List.of(
                            need("name", Kind.TEXT),
                            need("policy", Kind.DIGEST),
                            need("by", Kind.TEXT),
                            new Field("what", Kind.ACTIVATION, false),
                            new Field("previous", Kind.DIGEST, false),
                            new Field("draft", Kind.TEXT, false),
                            new Field("comment", Kind.COMMITMENT, false))),
            Map.entry("canary", TRIAL),
            Map.entry("shadow", TRIAL),
            Map.entry(
                    "draft",
                    List.of(
                            need("draft", Kind.TEXT),
                            need("name", Kind.TEXT),
                            need("policy", Kind.DIGEST),
                            need("what", Kind.DRAFT_STEP),
                            need("by", Kind.TEXT),
                            new Field("outcome", Kind.PASSED, false),
                            new Field("comment", Kind.COMMITMENT, false),
                            new Field("approvals", Kind.COUNT, false))),
            Map.entry(
                    "approval",
                    List.of(
                            need("recommendation", Kind.TEXT),
                            need("decision", Kind.TEXT),
                            need("what", Kind.TEXT),
                            need("by", Kind.TEXT),
                            new Field("reason", Kind.COMMITMENT, false),
                            new Field("until", Kind.TIME, false))),
            Map.entry(
                    "offer",
                    List.of(
                            need("offer", Kind.TEXT),
                            need("what", Kind.OFFER_STEP),
                            need("by", Kind.TEXT),
                            new Field("content", Kind.COMMITMENT, false),
                            new Field("machines", Kind.COUNT, false),
                            new Field("plan", Kind.TEXT, false),
                            new Field("predecessor", Kind.TEXT, false),
                            new Field("reason", Kind.COMMITMENT, false),
                            new Field("counter", Kind.COMMITMENT, false),
                            new Field("until", Kind.TIME, false))),
            Map.entry(
                    "plan",
                    List.of(
                            need("plan", Kind.TEXT),
                            need("name", Kind.TEXT),
                            need("policy", Kind.DIGEST),
                            need("content", Kind.COMMITMENT),
                            need("machines", Kind.COUNT),
                            need("moves", Kind.COUNT),
                            need("by", Kind.TEXT))),
            Map.entry(
                    "erasure",
                    List.of(
                            need("vm", Kind.COMMITMENT),
                            need("decisions", Kind.INDEXES),
                            need("by", Kind.TEXT),
                            need("reason", Kind.TEXT))),
            Map.entry(
                    "key-rotation",
                    List.of(need("old", Kind.TEXT), need("new", Kind.TEXT), need("signature", Kind.TEXT))),
            Map.entry("retention", List.of(need("before", Kind.TIME), need("decisions", Kind.COUNT))));

    private LeafForm() {}

    private static Field need(String name, Kind kind) {
        return new Field(name, kind, true);
    }

    /**
     * A leaf that was read.
     *
     * @param json null when it is no JSON object
     * @param type a known type, or `unknown`
     * @param problems what is wrong with its form
     */
    record Read(@Nullable JsonNode json, String type, List<String> problems) {

        /** The object when its form is right. */
        Optional<JsonNode> sound() {
            return problems.isEmpty() ? Optional.ofNullable(json) : Optional.empty();
        }
    }

    static Read read(byte[] entry) {
        JsonNode json;
        try {
            json = Canonical.read(entry);
        } catch (IOException e) {
            return new Read(null, "unknown", List.of("it is not JSON: " + e.getMessage()));
        }
        if (!json.isObject()) {
            return new Read(null, "unknown", List.of("it is not a JSON object"));
        }
        List<String> problems = new ArrayList<>();
        if (!isCanonical(json, entry)) {
            problems.add("it is not canonical JSON");
        }
        String type = json.path("type").asText();
        List<Field> fields = TYPES.get(type);
        if (fields == null) {
            problems.add("its type `" + type + "` is not known");
            return new Read(json, "unknown", problems);
        }
        check(json, need("at", Kind.TIME), problems);
        fields.forEach(field -> check(json, field, problems));
        return new Read(json, type, problems);
    }

    private static boolean isCanonical(JsonNode json, byte[] entry) {
        try {
            return Arrays.equals(Canonical.bytes(json), entry);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void check(JsonNode json, Field field, List<String> problems) {
        JsonNode value = json.path(field.name());
        if (value.isMissingNode()) {
            if (field.needed()) {
                problems.add("it has no `" + field.name() + "`");
            }
        } else if (!fits(value, field.kind())) {
            problems.add("its `" + field.name() + "` is not " + field.kind().words);
        }
    }

    private static boolean fits(JsonNode value, Kind kind) {
        String text = value.isTextual() ? value.textValue() : "";
        return switch (kind) {
            case TEXT -> !text.isEmpty();
            case TIME -> isTime(text);
            case DIGEST -> DIGEST.matcher(text).matches();
            case COMMITMENT -> COMMITMENT.matcher(text).matches();
            case OUTCOME -> text.equals("decided") || text.equals("failed");
            case STEP -> STEPS.contains(text);
            case SHARE -> value.isNumber() && value.doubleValue() >= 0 && value.doubleValue() <= 100;
            case PASSED -> text.equals("passed") || text.equals("failed");
            case DRAFT_STEP -> DRAFT_STEPS.contains(text);
            case OFFER_STEP -> OFFER_STEPS.contains(text);
            case ACTIVATION -> ACTIVATIONS.contains(text);
            case COUNT -> isCount(value);
            case INDEXES -> isIndexes(value);
        };
    }

    private static boolean isTime(String text) {
        try {
            return text.endsWith("Z") && !Instant.parse(text).equals(Instant.MIN);
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isCount(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0;
    }

    private static boolean isIndexes(JsonNode value) {
        if (!value.isArray()) {
            return false;
        }
        for (JsonNode index : value) {
            if (!isCount(index)) {
                return false;
            }
        }
        return true;
    }
}
