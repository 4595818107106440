package io.regrade.ledger.pg;

import io.regrade.fact.Action;
import io.regrade.fact.Dismissal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The dismissals that count, in memory: they are asked for with every decision about a machine that is held. Thread-safe;
 * {@link #catchUp} is called by one thread at a time.
 */
final class Dismissals {

    /** Those that ended are kept for so long, for evaluations that were begun before. */
    private static final Duration KEPT = Duration.ofDays(2);

    private final Map<String, Map<UUID, Dismissal>> byVm = new ConcurrentHashMap<>();
    private long known = -1;

    /** What is dismissed of a machine's advice at a moment. */
    List<Dismissal> of(String vm, Instant at) {
        Map<UUID, Dismissal> own = byVm.get(vm);
        return own == null
                ? List.of()
                : own.values().stream().filter(one -> one.until().isAfter(at)).toList();
    }

    /** Reads what was dismissed, dismissed otherwise or erased since the last time. */
    synchronized void catchUp(Connection connection, Instant now) throws SQLException {
        long newest = known;
        try (PreparedStatement select = connection.prepareStatement(
                "select noticed, vm, id, state, action, target, until, by, reason from recommendation"
                        + " where noticed > ? order by noticed")) {
            select.setFetchSize(10_000);
            select.setLong(1, known);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    newest = row.getLong(1);
                    notice(row.getString(2), row.getObject(3, UUID.class), read(row), now);
                }
            }
        }
        known = newest;
        Instant oldest = now.minus(KEPT);
        byVm.forEach((vm, own) -> {
            if (own.values().stream().anyMatch(one -> one.until().isBefore(oldest))) {
                own.keySet().forEach(id -> notice(vm, id, own.get(id), now));
            }
        });
    }

    private static @Nullable Dismissal read(ResultSet row) throws SQLException {
        String reason = row.getString("reason");
        Timestamp until = row.getTimestamp("until");
        return !row.getString("state").equals("dismissed") || reason == null || until == null
                ? null
                : new Dismissal(
                        Action.values()[row.getInt("action")],
                        row.getString("target"),
                        until.toInstant(),
                        row.getString("by"),
                        reason);
    }

    private void notice(String vm, UUID id, @Nullable Dismissal dismissal, Instant now) {
        byVm.compute(vm, (key, before) -> {
            Map<UUID, Dismissal> own = before == null ? new ConcurrentHashMap<>() : before;
            if (dismissal != null && dismissal.until().isAfter(now.minus(KEPT))) {
                own.put(id, dismissal);
            } else {
                own.remove(id);
            }
            return own.isEmpty() ? null : own;
        });
    }
}
