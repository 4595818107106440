package io.regrade.ledger.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.Decision;
import io.regrade.decision.DecisionJson;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.ledger.Cursors;
import io.regrade.ledger.DecisionRecord;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.InvalidCursorException;
import io.regrade.ledger.Page;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest decisions, in memory, up to a stated number; older ones are dropped, which is counted and logged.
 *
 * <p>Of a record only the decision is kept: what it was made of is for adapters that last.
 */
public final class MemoryDecisions implements Decisions {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryDecisions.class);
    private static final char LIST = 'd';

    private final int capacity;
    private final LongConsumer dropped;
    private final NavigableMap<Long, Decision> bySequence = new TreeMap<>();
    private final Map<String, Decision> byId = new HashMap<>();
    private long sequence;
    private long droppedInAll;

    /**
     * Keeps nothing yet.
     *
     * @param capacity how many decisions are kept, at least 1
     * @param dropped told how many were dropped, each time some are
     */
    public MemoryDecisions(int capacity, LongConsumer dropped) {
        this.capacity = capacity;
        this.dropped = dropped;
    }

    @Override
    public CompletionStage<Void> save(List<DecisionRecord> records) {
        long before;
        long after;
        synchronized (this) {
            for (DecisionRecord record : records) {
                if (byId.putIfAbsent(record.decision().id(), record.decision()) == null) {
                    bySequence.put(++sequence, record.decision());
                }
            }
            before = droppedInAll;
            while (bySequence.size() > capacity) {
                byId.remove(bySequence.pollFirstEntry().getValue().id());
                droppedInAll++;
            }
            after = droppedInAll;
        }
        if (after > before) {
            dropped.accept(after - before);
            // Once, and then whenever as many were dropped as are kept: the counter tells the rest.
            if (before == 0 || before / capacity < after / capacity) {
                LOG.warn(
                        "only the newest {} decisions are kept in memory: {} older ones were dropped", capacity, after);
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Optional<ObjectNode>> byId(String id, Detail detail) {
        Decision decision;
        synchronized (this) {
            decision = byId.get(id);
        }
        return CompletableFuture.completedFuture(
                Optional.ofNullable(decision).map(found -> DecisionJson.decision(found, detail)));
    }

    @Override
    public CompletionStage<Page<ObjectNode>> list(Query query) {
        List<Decision> found = new ArrayList<>();
        String next = null;
        try {
            long last = 0;
            synchronized (this) {
                NavigableMap<Long, Decision> rest =
                        query.cursor() == null ? bySequence : bySequence.headMap(sequenceOf(query.cursor()), false);
                for (var entry : rest.descendingMap().entrySet()) {
                    if (isAskedFor(entry.getValue(), query)) {
                        if (found.size() == query.limit()) {
                            next = Cursors.of(LIST, Long.toString(last));
                            break;
                        }
                        found.add(entry.getValue());
                        last = entry.getKey();
                    }
                }
            }
        } catch (InvalidCursorException e) {
            return CompletableFuture.failedFuture(e);
        }
        return CompletableFuture.completedFuture(new Page<>(
                found.stream()
                        .map(decision -> DecisionJson.decision(decision, query.detail()))
                        .toList(),
                next));
    }

    private static boolean isAskedFor(Decision decision, Query query) {
        return (query.vm() == null || decision.vm().id().equals(query.vm()))
                && (query.action() == null || decision.action() == query.action());
    }

    private static long sequenceOf(String cursor) {
        try {
            return Long.parseLong(Cursors.key(LIST, cursor));
        } catch (NumberFormatException e) {
            throw new InvalidCursorException(cursor);
        }
    }
}
