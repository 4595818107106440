package io.regrade.telemetry.pg;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;

/** The days whose hours are closed, or some of them. */
final class DayTable {

    private DayTable() {}

    /**
     * A day of a machine.
     *
     * @param vm the machine's number
     * @param day days since 1970-01-01
     * @param hours a bit for each hour that is closed
     * @param body what is known of them
     */
    record Day(int vm, int day, int hours, byte[] body) {

        boolean isClosed(long hour) {
            return Math.floorDiv(hour, OpenHours.HOURS_A_DAY) == day
                    && (hours & 1 << Math.floorMod(hour, OpenHours.HOURS_A_DAY)) != 0;
        }
    }

    /** Takes days. */
    @FunctionalInterface
    interface Sink {
        void day(Day day);
    }

    /** Reads the days of machines in a range, both ends included, those of a machine in order. */
    static void read(Connection connection, Collection<Integer> machines, int from, int to, Sink sink)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select vm, day, hours, body from telemetry_day where vm = any(?) and day between ? and ?"
                        + " order by vm, day")) {
            select.setArray(1, connection.createArrayOf("integer", machines.toArray()));
            select.setInt(2, from);
            select.setInt(3, to);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    sink.day(new Day(row.getInt(1), row.getInt(2), row.getInt(3), row.getBytes(4)));
                }
            }
        }
    }

    static void put(Connection connection, Day day) throws SQLException {
        try (PreparedStatement upsert =
                connection.prepareStatement("insert into telemetry_day (vm, day, hours, body) values (?, ?, ?, ?)"
                        + " on conflict (vm, day) do update set hours = excluded.hours, body = excluded.body")) {
            upsert.setInt(1, day.vm());
            upsert.setInt(2, day.day());
            upsert.setInt(3, day.hours());
            upsert.setBytes(4, day.body());
            upsert.executeUpdate();
        }
    }

    /** Drops the days before one; answers how many. */
    static int drop(Connection connection, int before) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from telemetry_day where day < ?")) {
            delete.setInt(1, before);
            return delete.executeUpdate();
        }
    }
}
