package io.regrade.telemetry.pg;

import io.regrade.intake.telemetry.Measure;
import io.regrade.intake.telemetry.MonitoredSeries;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which machines and series there are, and their numbers. */
final class SeriesTable {

    private SeriesTable() {}

    /** The numbers of machines by name; machines that are not known are not there. */
    static Map<String, Integer> machines(Connection connection, Collection<String> names) throws SQLException {
        Map<String, Integer> ids = new HashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement("select name, id from telemetry_vm where name = any(?)")) {
            select.setArray(1, connection.createArrayOf("text", names.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.put(rows.getString(1), rows.getInt(2));
                }
            }
        }
        return ids;
    }

    /** Gives machines numbers that have none. */
    static void addMachines(Connection connection, Collection<String> names) throws SQLException {
        // In one order, so that two servers never wait for each other.
        String[] sorted = names.stream().sorted().toArray(String[]::new);
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into telemetry_vm (name) select unnest(?) on conflict do nothing")) {
            insert.setArray(1, connection.createArrayOf("text", sorted));
            insert.executeUpdate();
        }
    }

    /** The series of machines by number. */
    static Map<Integer, MonitoredSeries> of(Connection connection, Collection<Integer> machines) throws SQLException {
        Map<Integer, MonitoredSeries> series = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select s.id, m.name, s.source, s.measure, s.term, s.counter, s.factor, s.least"
                        + " from telemetry_series s join telemetry_vm m on m.id = s.vm where s.vm = any(?)")) {
            select.setArray(1, connection.createArrayOf("integer", machines.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String key = row.getString(4);
                    series.put(
                            row.getInt(1),
                            new MonitoredSeries(
                                    row.getString(2),
                                    row.getString(3),
                                    Measure.byKey(key)
                                            .orElseThrow(() -> new IllegalStateException("no measure is " + key)),
                                    row.getString(5),
                                    row.getBoolean(6),
                                    row.getDouble(7),
                                    row.getInt(8)));
                }
            }
        }
        return series;
    }

    /** Gives series numbers that have none. */
    static void add(Connection connection, List<MonitoredSeries> series, Map<String, Integer> machines)
            throws SQLException {
        int size = series.size();
        Integer[] vms = new Integer[size];
        String[] sources = new String[size];
        String[] measures = new String[size];
        String[] terms = new String[size];
        Boolean[] counters = new Boolean[size];
        Double[] factors = new Double[size];
        Integer[] least = new Integer[size];
        for (int i = 0; i < size; i++) {
            MonitoredSeries one = series.get(i);
            vms[i] = machines.get(one.vm());
            sources[i] = one.source();
            measures[i] = one.measure().key();
            terms[i] = one.term();
            counters[i] = one.isCounter();
            factors[i] = one.factor();
            least[i] = one.least();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into telemetry_series (vm, source, measure, term, counter, factor, least)"
                        + " select * from unnest(?, ?, ?, ?, ?, ?, ?) as one (vm, source, measure, term, counter, factor, least)"
                        + " order by 1, 2, 3, 4 on conflict do nothing")) {
            Object[][] columns = {vms, sources, measures, terms, counters, factors, least};
            String[] types = {"integer", "text", "text", "text", "boolean", "float8", "integer"};
            for (int i = 0; i < columns.length; i++) {
                Array array = connection.createArrayOf(types[i], columns[i]);
                insert.setArray(i + 1, array);
            }
            insert.executeUpdate();
        }
    }
}
