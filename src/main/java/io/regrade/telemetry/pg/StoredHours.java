package io.regrade.telemetry.pg;

import io.regrade.intake.telemetry.MeasuredHours;
import io.regrade.intake.telemetry.MonitoredSeries;
import io.regrade.intake.telemetry.OpenSamples;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Reads what is stored of machines within one transaction that sees one state. */
final class StoredHours {

    private StoredHours() {}

    /** The samples of machines that are in chunks, by the machines' numbers. */
    static Map<Integer, OpenSamples> open(
            Connection connection, Collection<Integer> machines, Map<Integer, MonitoredSeries> series)
            throws SQLException {
        Map<Integer, OpenSamples> open = new HashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement("select vm, body from telemetry_chunk where vm = any(?) order by vm, id")) {
            select.setArray(1, connection.createArrayOf("integer", machines.toArray()));
            select.setFetchSize(500);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    OpenSamples samples = open.computeIfAbsent(rows.getInt(1), id -> new OpenSamples());
                    Chunk.read(rows.getBytes(2), (id, time, value) -> {
                        MonitoredSeries one = series.get(id);
                        if (one != null) {
                            samples.add(one, time, value);
                        }
                    });
                }
            }
        }
        return open;
    }

    /** What is known of machines, by name. */
    static Map<String, MeasuredHours> of(Connection connection, Collection<String> names) throws SQLException {
        Map<String, Integer> ids = SeriesTable.machines(connection, names);
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<Integer, MonitoredSeries> series = SeriesTable.of(connection, ids.values());
        Map<Integer, OpenSamples> open = open(connection, ids.values(), series);
        Map<String, MeasuredHours> hours = new HashMap<>();
        ids.forEach((name, id) -> {
            OpenSamples samples = open.get(id);
            if (samples != null) {
                hours.put(name, samples.hours());
            }
        });
        return hours;
    }
}
