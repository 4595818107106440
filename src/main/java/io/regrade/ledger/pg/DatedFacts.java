package io.regrade.ledger.pg;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Facts that people made and that count until a moment, in memory: they are asked for with every decision about a machine
 * that is held. Thread-safe; {@link #catchUp} is called by one thread at a time.
 */
final class DatedFacts<T> {

    /** Those that ended are kept for so long, for evaluations that were begun before. */
    private static final Duration KEPT = Duration.ofDays(2);

    private final String select;
    private final Reader<T> reader;
    private final Function<T, Instant> until;
    private final Map<String, Map<UUID, T>> byVm = new ConcurrentHashMap<>();
    private long known = -1;

    /** Reads a fact; null when it does not count any more. */
    @FunctionalInterface
    interface Reader<T> {
        @Nullable
        T read(ResultSet row) throws SQLException;
    }

    /**
     * Facts of one kind.
     *
     * @param select gives the log's size at which each was made or erased, the machine, an id, and what the reader reads,
     *     for those after a size and in its order
     * @param until when one ends
     */
    DatedFacts(String select, Reader<T> reader, Function<T, Instant> until) {
        this.select = select;
        this.reader = reader;
        this.until = until;
    }

    /** Those of a machine that count at a moment. */
    List<T> of(String vm, Instant at) {
        Map<UUID, T> own = byVm.get(vm);
        return own == null
                ? List.of()
                : own.values().stream()
                        .filter(one -> until.apply(one).isAfter(at))
                        .toList();
    }

    /** Reads what was made, made otherwise or erased since the last time. */
    synchronized void catchUp(Connection connection, Instant now) throws SQLException {
        long newest = known;
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setFetchSize(10_000);
            statement.setLong(1, known);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    newest = row.getLong(1);
                    notice(row.getString(2), row.getObject(3, UUID.class), reader.read(row), now);
                }
            }
        }
        known = newest;
        Instant oldest = now.minus(KEPT);
        byVm.forEach((vm, own) -> {
            if (own.values().stream().anyMatch(one -> until.apply(one).isBefore(oldest))) {
                own.keySet().forEach(id -> notice(vm, id, own.get(id), now));
            }
        });
    }

    private void notice(String vm, UUID id, @Nullable T fact, Instant now) {
        byVm.compute(vm, (key, before) -> {
            Map<UUID, T> own = before == null ? new ConcurrentHashMap<>() : before;
            if (fact != null && until.apply(fact).isAfter(now.minus(KEPT))) {
                own.put(id, fact);
            } else {
                own.remove(id);
            }
            return own.isEmpty() ? null : own;
        });
    }
}
