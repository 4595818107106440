package io.regrade.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the leaves say, taken in their order: their form, that no decision is there twice, the order of what was done
 * with policies, the keys, times and counts.
 * Needs 8 to 27 bytes for each decision.
 */
final class Leaves {

    private static final int MOST_SUSPECTS = 1000;

    private final Findings findings;
    private final KeyChain keys = new KeyChain();
    private final DraftOrder order;
    private final Map<String, Long> counts = new TreeMap<>();
    /** Leaves that are decisions, or of which that is not known. */
    private final BitSet decisions = new BitSet();

    private final LongSet ids = new LongSet();
    /** Decision ids whose short hash was there before, with the later leaf's index. */
    private final Map<String, Long> suspects = new LinkedHashMap<>();

    private @Nullable Instant first;
    private @Nullable Instant last;
    private long backwards;
    private long failed;
    private long refused;

    Leaves(Findings findings) {
        this.findings = findings;
        this.order = new DraftOrder(findings);
    }

    /** Takes the next leaf. */
    void leaf(long index, byte[] entry) {
        LeafForm.Read read = LeafForm.read(entry);
        counts.merge(read.type(), 1L, Long::sum);
        read.problems().forEach(problem -> findings.defect("leaf " + index, problem));
        read.sound().ifPresent(json -> sound(index, read.type(), json));
    }

    /** Takes a leaf that is not what the tree says, of which nothing can be believed: it may be a decision. */
    void damaged(long index) {
        if (index <= Integer.MAX_VALUE) {
            decisions.set((int) index);
        }
        counts.merge("damaged", 1L, Long::sum);
    }

    private void sound(long index, String type, JsonNode json) {
        Instant at = Instant.parse(json.path("at").textValue());
        if (first == null || at.isBefore(first)) {
            first = at;
        }
        if (last != null && at.isBefore(last)) {
            backwards++;
        } else {
            last = at;
        }
        switch (type) {
            case "decision" -> {
                decision(index, json.path("id").textValue());
                failed += json.path("outcome").textValue().equals("failed") ? 1 : 0;
            }
            case "refusal" -> refused += json.path("count").asLong(1);
            case "erasure" -> erasure(index, json.path("decisions"));
            case "draft" -> order.draft(index, json);
            case "activation" -> order.activation(index, json);
            case "key-rotation" -> keys.rotation(index, json, findings);
            default -> {
                // has no relation to another leaf
            }
        }
    }

    private void decision(long index, String id) {
        if (index <= Integer.MAX_VALUE) {
            decisions.set((int) index);
        }
        long hash =
                ByteBuffer.wrap(Sha256.of(id.getBytes(StandardCharsets.UTF_8))).getLong();
        if (!ids.add(hash) && suspects.size() < MOST_SUSPECTS) {
            suspects.put(id, index);
        }
    }

    private void erasure(long index, JsonNode erased) {
        for (JsonNode one : erased) {
            long of = one.longValue();
            boolean decision = of < index && (of > Integer.MAX_VALUE || decisions.get((int) of));
            if (!decision) {
                findings.defect("leaf " + index, "it erases leaf " + of + ", which is no decision before it");
            }
        }
    }

    /** Decisions that may be there twice; the log has to be read again to know. */
    Map<String, Long> suspects() {
        return suspects;
    }

    KeyChain keys() {
        return keys;
    }

    Map<String, Long> counts() {
        return counts;
    }

    @Nullable
    Instant first() {
        return first;
    }

    @Nullable
    Instant last() {
        return last;
    }

    /** How many decisions are failed evaluations. */
    long failed() {
        return failed;
    }

    /** How many requests were refused, those that are only counted included. */
    long refused() {
        return refused;
    }

    /** How many leaves have a time before one that a leaf in front of them has. */
    long backwards() {
        return backwards;
    }
}
