package io.regrade.telemetry.pg;

import io.regrade.intake.telemetry.SampleBatch;
import io.regrade.telemetry.TelemetrySettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/** Which samples are still taken: not of closed hours, not older than anything is kept, not later than now. */
final class OpenHours {

    static final long HOUR_MILLIS = 3_600_000;
    static final int HOURS_A_DAY = 24;
    private static final long DAY_MILLIS = HOURS_A_DAY * HOUR_MILLIS;
    /** Clocks of senders may be ahead. */
    private static final long AHEAD_MILLIS = HOUR_MILLIS;
    /** Clocks of servers may differ: what another one may have closed by now is looked up. */
    private static final long DIFFERENCE_MILLIS = 10 * 60_000;

    private final TelemetrySettings settings;

    OpenHours(TelemetrySettings settings) {
        this.settings = settings;
    }

    /** The closed hours among those that samples belong to. */
    static final class Closed {
        private final Map<Long, Integer> masks = new HashMap<>();

        private static long key(int machine, long day) {
            return ((long) machine << 32) | (day & 0xffffffffL);
        }

        boolean is(int machine, long epochMillis) {
            if (masks.isEmpty()) {
                return false;
            }
            Integer mask = masks.get(key(machine, Math.floorDiv(epochMillis, DAY_MILLIS)));
            return mask != null && (mask & (1 << hourOfDay(epochMillis))) != 0;
        }
    }

    static int hourOfDay(long epochMillis) {
        return (int) Math.floorMod(Math.floorDiv(epochMillis, HOUR_MILLIS), (long) HOURS_A_DAY);
    }

    /** Whether a moment is neither too old nor yet to come. */
    boolean isKept(long epochMillis, long nowMillis) {
        return epochMillis <= nowMillis + AHEAD_MILLIS && epochMillis >= nowMillis - settings.keptDays() * DAY_MILLIS;
    }

    /** Whether the hour of a moment is over for so long that it may be closed. */
    boolean isOver(long epochMillis, long nowMillis) {
        return epochMillis < over(nowMillis);
    }

    /** The moment at which the first hour begins that is not over for so long. */
    private long over(long nowMillis) {
        return (Math.floorDiv(nowMillis, HOUR_MILLIS) - settings.lateHours()) * HOUR_MILLIS;
    }

    /**
     * Looks up what is closed of the hours of samples, where any may be, and holds it so until the transaction ends: whoever
     * closes hours of these machines waits.
     */
    Closed closed(Connection connection, List<SampleBatch> batches, ToIntFunction<String> machine, long nowMillis)
            throws SQLException {
        Closed closed = new Closed();
        Set<Integer> machines = new TreeSet<>();
        Set<Integer> days = new HashSet<>();
        long over = over(nowMillis + DIFFERENCE_MILLIS);
        for (SampleBatch batch : batches) {
            for (int run = 0; run < batch.runs(); run++) {
                for (int i = batch.from(run); i < batch.to(run); i++) {
                    if (batch.time(i) < over) {
                        machines.add(machine.applyAsInt(batch.series(run).vm()));
                        days.add((int) Math.floorDiv(batch.time(i), DAY_MILLIS));
                    }
                }
            }
        }
        if (machines.isEmpty()) {
            return closed;
        }
        try (PreparedStatement lock =
                connection.prepareStatement("select id from telemetry_vm where id = any(?) order by id for share")) {
            lock.setArray(1, connection.createArrayOf("integer", machines.toArray()));
            lock.executeQuery().close();
        }
        try (PreparedStatement select = connection.prepareStatement(
                "select vm, day, hours from telemetry_day where vm = any(?) and day = any(?)")) {
            select.setArray(1, connection.createArrayOf("integer", machines.toArray()));
            select.setArray(2, connection.createArrayOf("integer", days.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    closed.masks.put(Closed.key(row.getInt(1), row.getInt(2)), row.getInt(3));
                }
            }
        }
        return closed;
    }
}
