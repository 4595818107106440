package io.regrade.telemetry.pg;

import io.regrade.intake.telemetry.MeasuredHours;
import io.regrade.intake.telemetry.MonitoredSeries;
import io.regrade.intake.telemetry.OpenSamples;
import io.regrade.telemetry.TelemetrySettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Closes hours: makes statistics of their samples, which then go. Each machine in a transaction of its own, which holds the
 * machine, so that of several servers one does it, and nobody stores samples of an hour that is being closed.
 */
final class HourClosing {

    private static final int MACHINES_AT_ONCE = 500;

    private final TelemetrySettings settings;
    private final OpenHours open;

    HourClosing(TelemetrySettings settings, OpenHours open) {
        this.settings = settings;
        this.open = open;
    }

    /** Closes what is to be closed now; answers how many machines had something. */
    int close(Connection connection, Instant now) throws SQLException {
        long over = Math.floorDiv(now.toEpochMilli(), OpenHours.HOUR_MILLIS) - settings.lateHours();
        Instant quiet = now.minus(Duration.ofMinutes(settings.quietMinutes()));
        int closed = 0;
        List<Integer> machines;
        int after = 0;
        do {
            machines = ChunkTable.waiting(connection, over, quiet, after, MACHINES_AT_ONCE);
            connection.commit();
            for (int machine : machines) {
                closed += close(connection, machine, now, quiet) ? 1 : 0;
                connection.commit();
                after = machine;
            }
        } while (machines.size() == MACHINES_AT_ONCE);
        return closed;
    }

    /** A sample of one machine that is in a chunk. */
    private record Sample(int series, long time, double value) {

        long hour() {
            return Math.floorDiv(time, OpenHours.HOUR_MILLIS);
        }
    }

    private boolean close(Connection connection, int machine, Instant now, Instant quiet) throws SQLException {
        if (!isHeld(connection, machine)) {
            return false;
        }
        Map<Integer, MonitoredSeries> series = SeriesTable.of(connection, List.of(machine));
        List<Long> chunks = new ArrayList<>();
        List<Sample> samples = new ArrayList<>();
        Map<Long, Instant> received = new TreeMap<>();
        Instant[] last = {Instant.EPOCH};
        ChunkTable.read(connection, List.of(machine), (vm, chunk) -> {
            chunks.add(chunk.id());
            last[0] = last[0].isAfter(chunk.receivedAt()) ? last[0] : chunk.receivedAt();
            Chunk.read(chunk.body(), (id, time, value) -> {
                Sample sample = new Sample(id, time, value);
                samples.add(sample);
                received.merge(sample.hour(), chunk.receivedAt(), (a, b) -> a.isAfter(b) ? a : b);
            });
        });
        if (samples.isEmpty()) {
            ChunkTable.delete(connection, chunks);
            return false;
        }
        Map<Integer, DayTable.Day> days = days(connection, machine, received.keySet());
        Set<Long> closing = new TreeSet<>();
        received.forEach((hour, at) -> {
            boolean isOver = open.isOver(hour * OpenHours.HOUR_MILLIS, now.toEpochMilli());
            if (isOver && !at.isAfter(quiet) && !isClosed(days, hour)) {
                closing.add(hour);
            }
        });
        Closed closed = hour -> closing.contains(hour) || isClosed(days, hour);
        if (samples.stream().noneMatch(one -> closed.is(one.hour()) && !isAwaited(one, series, closed, now))) {
            return false;
        }
        store(connection, machine, hours(samples, series, closing), closing, days);
        ChunkTable.delete(connection, chunks);
        Chunk.Writer rest = rest(samples, series, closed, now);
        if (rest.firstHour() < Integer.MAX_VALUE) {
            ChunkTable.insert(connection, List.of(new ChunkTable.Row(machine, rest)), last[0]);
        }
        return !closing.isEmpty();
    }

    private static boolean isHeld(Connection connection, int machine) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select id from telemetry_vm where id = ? for no key update skip locked")) {
            lock.setInt(1, machine);
            try (ResultSet row = lock.executeQuery()) {
                return row.next();
            }
        }
    }

    private static boolean isClosed(Map<Integer, DayTable.Day> days, long hour) {
        DayTable.Day day = days.get((int) Math.floorDiv(hour, OpenHours.HOURS_A_DAY));
        return day != null && day.isClosed(hour);
    }

    private static Map<Integer, DayTable.Day> days(Connection connection, int machine, Set<Long> hours)
            throws SQLException {
        Map<Integer, DayTable.Day> days = new HashMap<>();
        int first = (int) Math.floorDiv(hours.iterator().next(), OpenHours.HOURS_A_DAY);
        int last = hours.stream()
                .mapToInt(hour -> (int) Math.floorDiv(hour, OpenHours.HOURS_A_DAY))
                .max()
                .orElse(first);
        DayTable.read(connection, List.of(machine), first, last, day -> days.put(day.day(), day));
        return days;
    }

    private static MeasuredHours hours(List<Sample> samples, Map<Integer, MonitoredSeries> series, Set<Long> closing) {
        OpenSamples all = new OpenSamples();
        for (Sample sample : samples) {
            MonitoredSeries of = series.get(sample.series());
            if (of != null) {
                all.add(of, sample.time(), sample.value());
            }
        }
        return all.hours().only(hour -> closing.contains(hour.hour()));
    }

    private static void store(
            Connection connection, int machine, MeasuredHours hours, Set<Long> closing, Map<Integer, DayTable.Day> days)
            throws SQLException {
        Map<Integer, Integer> masks = new TreeMap<>();
        closing.forEach(hour -> masks.merge(
                (int) Math.floorDiv(hour, OpenHours.HOURS_A_DAY),
                1 << Math.floorMod(hour, OpenHours.HOURS_A_DAY),
                (a, b) -> a | b));
        for (Map.Entry<Integer, Integer> entry : masks.entrySet()) {
            int day = entry.getKey();
            MeasuredHours whole = hours.only(hour -> Math.floorDiv(hour.hour(), OpenHours.HOURS_A_DAY) == day);
            int mask = entry.getValue();
            DayTable.Day before = days.get(day);
            if (before != null) {
                whole = whole.and(DayBody.read(before.body()));
                mask |= before.hours();
            }
            DayTable.put(connection, new DayTable.Day(machine, day, mask, DayBody.write(whole)));
        }
    }

    /** Whether an hour is closed. */
    @FunctionalInterface
    private interface Closed {
        boolean is(long hour);
    }

    /** What stays: samples of hours that are open, and the last one of a counter whose next hour is still to come. */
    private Chunk.Writer rest(List<Sample> samples, Map<Integer, MonitoredSeries> series, Closed closed, Instant now) {
        Map<Integer, Sample> lasts = new HashMap<>();
        Chunk.Writer rest = new Chunk.Writer();
        for (Sample sample : samples) {
            if (!closed.is(sample.hour())) {
                rest.run(sample.series(), 1);
                rest.sample(sample.time(), sample.value());
            } else if (isAwaited(sample, series, closed, now)) {
                lasts.merge(sample.series(), sample, (a, b) -> a.time() >= b.time() ? a : b);
            }
        }
        lasts.values().stream().sorted(Comparator.comparingInt(Sample::series)).forEach(sample -> {
            rest.run(sample.series(), 1);
            rest.carried(sample.time(), sample.value());
        });
        return rest;
    }

    private boolean isAwaited(Sample sample, Map<Integer, MonitoredSeries> series, Closed closed, Instant now) {
        MonitoredSeries of = series.get(sample.series());
        long next = sample.hour() + 1;
        return of != null
                && of.isCounter()
                && !closed.is(next)
                && !open.isOver(next * OpenHours.HOUR_MILLIS, now.toEpochMilli());
    }
}
