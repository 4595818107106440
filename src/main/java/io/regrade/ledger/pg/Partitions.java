package io.regrade.ledger.pg;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The monthly partitions of decisions and facts, made when they are first needed. Used by the writer's thread. */
final class Partitions {

    private final Set<LocalDate> known = new HashSet<>();

    /** The month, UTC, that a moment belongs to. */
    static LocalDate month(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
    }

    /** Makes the partitions of a month unless they are there. */
    void ensure(Connection connection, LocalDate month) throws SQLException {
        if (known.contains(month)) {
            return;
        }
        LocalDate next = month.plusMonths(1);
        String suffix = suffix(month);
        try (Statement statement = connection.createStatement()) {
            statement.execute(String.format(
                    Locale.ROOT,
                    "create table if not exists decision_%s partition of decision for values from"
                            + " ('%s 00:00:00+00') to ('%s 00:00:00+00')",
                    suffix,
                    month,
                    next));
            statement.execute(String.format(
                    Locale.ROOT,
                    "create table if not exists facts_%s partition of facts for values from ('%s') to ('%s')",
                    suffix,
                    month,
                    next));
        }
        known.add(month);
    }

    /** The months that there are partitions of, the oldest first. */
    static List<LocalDate> all(Connection connection) throws SQLException {
        List<LocalDate> months = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select right(c.relname, 7) from pg_inherits i join pg_class c on c.oid = i.inhrelid"
                                + " where i.inhparent = 'decision'::regclass order by 1")) {
            while (row.next()) {
                months.add(LocalDate.parse(row.getString(1).replace('_', '-') + "-01"));
            }
        }
        connection.commit();
        return months;
    }

    /** What the names of a month's partitions end with. */
    static String suffix(LocalDate month) {
        return String.format(Locale.ROOT, "%04d_%02d", month.getYear(), month.getMonthValue());
    }

    /** Forgets what was made, when it may have been rolled back or dropped. */
    void forget() {
        known.clear();
    }
}
