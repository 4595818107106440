package io.regrade.pipeline.fleet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.DecisionRecord;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.Decisions.Filter;
import io.regrade.ledger.Decisions.Query;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.InventorySnapshot;
import io.regrade.ledger.LedgerAnswer;
import io.regrade.ledger.Page;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fleet as it is looked at: the machines of the inventory with the last advice on each, in memory. What this server
 * decides is seen at once; what was decided before, and by other servers on the same database, is read by a thread of
 * its own. Thread-safe.
 */
public final class FleetView implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FleetView.class);
    private static final int PAGE = 1000;
    private static final int GLANCE = 200;
    private static final long GLANCE_MILLIS = 15_000;

    private final Inventory inventory;
    private final Decisions decisions;
    private final Map<String, LastAdvice> advice = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private final Thread reader = new Thread(this::read, "regrade-fleet");
    private volatile boolean reading = true;
    private volatile boolean closed;
    private volatile @Nullable Fleet newest;

    /**
     * All machines at one moment, those that save most first.
     *
     * @param rows the machines
     * @param words what they can be filtered by
     */
    private record Fleet(InventorySnapshot of, long changes, List<FleetRow> rows, FleetWords words) {}

    /**
     * A part of the fleet that was asked for.
     *
     * @param totals of all machines that fit
     * @param scatter of all machines that fit
     * @param rows those of the page
     * @param from the place of the first of them, from 0
     * @param words what the whole fleet can be filtered by
     * @param complete false while decisions of the past are still being read
     */
    public record Part(
            FleetTotals totals,
            SavingByRisk scatter,
            List<FleetRow> rows,
            int from,
            FleetWords words,
            boolean complete) {}

    /** A view of an inventory. */
    public FleetView(Inventory inventory, Decisions decisions) {
        this.inventory = inventory;
        this.decisions = decisions;
        reader.setDaemon(true);
    }

    /** Begins to read what was decided before. */
    public void start() {
        reader.start();
    }

    /** Takes up decisions that last now. */
    public void saw(List<DecisionRecord> records) {
        for (DecisionRecord record : records) {
            if (record.advice()) {
                saw(record.decision().vm().id(), LastAdvice.of(record.decision()));
            }
        }
    }

    /** Forgets what was decided of a machine. */
    void forget(String vm) {
        advice.remove(vm);
        changes.incrementAndGet();
    }

    /** The last advice on a machine, null when none is known. */
    public @Nullable LastAdvice of(String vm) {
        return advice.get(vm);
    }

    /** The part of the fleet that fits, from a place on. */
    public Part part(FleetFilter filter, FleetOrder order, boolean reversed, int from, int limit) {
        Fleet fleet = fleet();
        List<FleetRow> fitting = fitting(fleet, filter, order, reversed);
        int begin = Math.max(0, Math.min(from, Math.max(0, fitting.size() - 1)));
        int end = Math.min(fitting.size(), begin + limit);
        return new Part(
                FleetTotals.of(fitting),
                SavingByRisk.of(fitting),
                List.copyOf(fitting.subList(begin, end)),
                begin,
                fleet.words,
                !reading);
    }

    /** All machines that fit. */
    public List<FleetRow> all(FleetFilter filter, FleetOrder order, boolean reversed) {
        return fitting(fleet(), filter, order, reversed);
    }

    private static List<FleetRow> fitting(Fleet fleet, FleetFilter filter, FleetOrder order, boolean reversed) {
        List<FleetRow> fitting = new ArrayList<>(
                filter.equals(FleetFilter.ALL)
                        ? fleet.rows
                        : fleet.rows.stream().filter(filter).toList());
        if (order != FleetOrder.SAVING) {
            fitting.sort(order.comparator());
        }
        if (reversed) {
            Collections.reverse(fitting);
        }
        return fitting;
    }

    private Fleet fleet() {
        InventorySnapshot state = inventory.snapshot();
        long seen = changes.get();
        Fleet known = newest;
        if (known != null && known.of == state && known.changes == seen) {
            return known;
        }
        List<FleetRow> rows = new ArrayList<>(state.vmCount());
        String cursor = null;
        do {
            Page<VmFacts> page = state.vms(cursor, PAGE);
            page.items()
                    .forEach(facts -> rows.add(
                            new FleetRow(facts.vm(), advice.get(facts.vm().id()))));
            cursor = page.next();
        } while (cursor != null);
        rows.sort(FleetOrder.SAVING.comparator());
        Fleet made = new Fleet(state, seen, List.copyOf(rows), FleetWords.of(rows));
        newest = made;
        return made;
    }

    private boolean saw(String vm, LastAdvice seen) {
        boolean[] taken = {false};
        advice.compute(vm, (id, known) -> {
            taken[0] = known == null
                    || (!seen.decidedAt().isBefore(known.decidedAt())
                            && !seen.decision().equals(known.decision()));
            return taken[0] ? seen : known;
        });
        if (taken[0]) {
            changes.incrementAndGet();
        }
        return taken[0];
    }

    /** Reads back until every machine that is held has advice; then looks at the newest again and again. */
    private void read() {
        try {
            while (!closed && reading) {
                reading = !readAll();
            }
            while (!closed) {
                Thread.sleep(GLANCE_MILLIS);
                glance();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private boolean readAll() throws InterruptedException {
        try {
            String cursor = null;
            do {
                Page<ObjectNode> page = page(cursor, PAGE);
                page.items().forEach(this::saw);
                cursor = advice.size() >= inventory.snapshot().vmCount() ? null : page.next();
            } while (cursor != null && !closed);
            return true;
        } catch (RuntimeException e) {
            LOG.warn("what was decided before cannot be read now: {}", e.getMessage());
            Thread.sleep(GLANCE_MILLIS);
            return false;
        }
    }

    private void glance() {
        try {
            String cursor = null;
            boolean news;
            do {
                Page<ObjectNode> page = page(cursor, GLANCE);
                news = false;
                for (ObjectNode one : page.items()) {
                    news |= saw(one);
                }
                cursor = page.next();
            } while (news && cursor != null && !closed);
        } catch (RuntimeException e) {
            LOG.debug("new decisions cannot be read now", e);
        }
    }

    private boolean saw(ObjectNode decision) {
        LastAdvice seen = LastAdvice.of(decision);
        return seen != null && saw(decision.path("vm").asText(), seen);
    }

    private Page<ObjectNode> page(@Nullable String cursor, int limit) {
        return LedgerAnswer.await(decisions.list(new Query(Filter.ALL, cursor, limit, Detail.SUMMARY)));
    }

    @Override
    public void close() {
        closed = true;
        reader.interrupt();
    }
}
