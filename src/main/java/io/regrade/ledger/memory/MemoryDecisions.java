package io.regrade.ledger.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.Decision;
import io.regrade.decision.DecisionJson;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.fact.Target;
import io.regrade.ledger.Asker;
import io.regrade.ledger.Cursors;
import io.regrade.ledger.DecisionRecord;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.Evidence;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest decisions, in memory, up to a stated number; older ones are dropped, which is counted and logged.
 */
public final class MemoryDecisions implements Decisions {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryDecisions.class);
    private static final char LIST = 'd';

    private final int capacity;
    private final LongConsumer dropped;
    private final NavigableMap<Long, DecisionRecord> bySequence = new TreeMap<>();
    private final Map<String, DecisionRecord> byId = new HashMap<>();
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
                if (byId.putIfAbsent(record.decision().id(), record) == null) {
                    bySequence.put(++sequence, record);
                }
            }
            before = droppedInAll;
            while (bySequence.size() > capacity) {
                byId.remove(bySequence.pollFirstEntry().getValue().decision().id());
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
        return CompletableFuture.completedFuture(
                Optional.ofNullable(held(id)).map(found -> DecisionJson.decision(found.decision(), detail)));
    }

    @Override
    public CompletionStage<Optional<Evidence>> evidence(String id) {
        return CompletableFuture.completedFuture(Optional.ofNullable(held(id)).map(MemoryDecisions::evidence));
    }

    private static Evidence evidence(DecisionRecord record) {
        Decision decision = record.decision();
        return new Evidence(
                DecisionJson.decision(decision, Detail.FULL),
                record.facts(),
                record.provenance().policyFiles(),
                record.provenance().catalogContent().get(),
                decision.decidedAt(),
                record.provenance().engine());
    }

    private synchronized @Nullable DecisionRecord held(String id) {
        return byId.get(id);
    }

    /** Forgets the decisions altogether. */
    @Override
    public synchronized CompletionStage<Integer> erase(String vm, Asker by, String reason) {
        int before = bySequence.size();
        bySequence.values().removeIf(record -> record.decision().vm().id().equals(vm));
        byId.values().removeIf(record -> record.decision().vm().id().equals(vm));
        return CompletableFuture.completedFuture(before - bySequence.size());
    }

    @Override
    public CompletionStage<Page<ObjectNode>> list(Query query) {
        List<Decision> found = new ArrayList<>();
        String next = null;
        try {
            long last = 0;
            synchronized (this) {
                NavigableMap<Long, DecisionRecord> rest =
                        query.cursor() == null ? bySequence : bySequence.headMap(sequenceOf(query.cursor()), false);
                for (var entry : rest.descendingMap().entrySet()) {
                    if (isAskedFor(entry.getValue(), query.filter())) {
                        if (found.size() == query.limit()) {
                            next = Cursors.of(LIST, Long.toString(last));
                            break;
                        }
                        found.add(entry.getValue().decision());
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

    private static boolean isAskedFor(DecisionRecord record, Filter filter) {
        Decision decision = record.decision();
        Target target = decision.target();
        return (filter.vm() == null || decision.vm().id().equals(filter.vm()))
                && (filter.action() == null || decision.action() == filter.action())
                && (filter.rule() == null || decision.trace().rules().contains(filter.rule()))
                && (filter.target() == null || (target != null && target.id().equals(filter.target())))
                && (filter.policy() == null || decision.policy().digest().equals(filter.policy()))
                && (filter.owner() == null
                        || filter.owner().equals(decision.vm().owner()))
                && (filter.evaluation() == null || filter.evaluation().equals(record.evaluation()))
                && (filter.from() == null || !decision.decidedAt().isBefore(filter.from()))
                && (filter.until() == null || decision.decidedAt().isBefore(filter.until()))
                && (filter.minSavingUsdMonth() == null || decision.savingUsdMonth() >= filter.minSavingUsdMonth());
    }

    private static long sequenceOf(String cursor) {
        try {
            return Long.parseLong(Cursors.key(LIST, cursor));
        } catch (NumberFormatException e) {
            throw new InvalidCursorException(cursor);
        }
    }
}
