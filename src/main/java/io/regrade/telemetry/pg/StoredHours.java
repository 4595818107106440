package io.regrade.telemetry.pg;

import io.regrade.intake.telemetry.MeasuredHours;
import io.regrade.intake.telemetry.MonitoredSeries;
import io.regrade.intake.telemetry.OpenSamples;
import io.regrade.intake.telemetry.UsageHour;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what is known of machines: the hours that are closed, and those that its samples make. */
final class StoredHours {

    private static final int FIRST_DAY = -1_000_000;
    private static final int LAST_DAY = 1_000_000;

    private StoredHours() {}

    /**
     * What is known of machines, by name; the connection's transaction sees one state.
     *
     * @param from hours that end after this moment, null for all
     * @param to hours that begin before it, null for all
     */
    static Map<String, MeasuredHours> of(
            Connection connection, Collection<String> names, @Nullable Instant from, @Nullable Instant to)
            throws SQLException {
        Map<String, Integer> ids = SeriesTable.machines(connection, names);
        if (ids.isEmpty()) {
            return Map.of();
        }
        long firstHour = from == null ? Long.MIN_VALUE : Math.floorDiv(from.getEpochSecond(), UsageHour.SECONDS);
        long endHour = to == null ? Long.MAX_VALUE : -Math.floorDiv(-to.getEpochSecond(), UsageHour.SECONDS);
        Map<Integer, OpenSamples> open = open(connection, ids.values());
        Map<Integer, List<DayTable.Day>> days = new HashMap<>();
        DayTable.read(
                connection,
                ids.values(),
                from == null ? FIRST_DAY : (int) Math.floorDiv(firstHour, OpenHours.HOURS_A_DAY),
                to == null ? LAST_DAY : (int) Math.floorDiv(endHour, OpenHours.HOURS_A_DAY),
                day -> days.computeIfAbsent(day.vm(), vm -> new ArrayList<>()).add(day));
        Map<String, MeasuredHours> all = new HashMap<>();
        ids.forEach((name, id) -> {
            List<DayTable.Day> closed = days.getOrDefault(id, List.of());
            OpenSamples samples = open.get(id);
            MeasuredHours hours = (samples == null ? MeasuredHours.NONE : samples.hours())
                    .only(hour -> closed.stream().noneMatch(day -> day.isClosed(hour.hour())));
            for (DayTable.Day day : closed) {
                hours = hours.and(DayBody.read(day.body()));
            }
            hours = hours.only(hour -> hour.hour() >= firstHour && hour.hour() < endHour);
            if (!hours.byResource().isEmpty()) {
                all.put(name, hours);
            }
        });
        return all;
    }

    private static Map<Integer, OpenSamples> open(Connection connection, Collection<Integer> machines)
            throws SQLException {
        Map<Integer, MonitoredSeries> series = SeriesTable.of(connection, machines);
        Map<Integer, OpenSamples> open = new HashMap<>();
        ChunkTable.read(connection, machines, (vm, chunk) -> {
            OpenSamples samples = open.computeIfAbsent(vm, id -> new OpenSamples());
            Chunk.read(chunk.body(), (id, time, value) -> {
                MonitoredSeries one = series.get(id);
                if (one != null) {
                    samples.add(one, time, value);
                }
            });
        });
        return open;
    }
}
