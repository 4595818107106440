package io.regrade.ledger.pg;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows in PostgreSQL's binary COPY format, the fastest way in for many. Rows are gathered in memory; {@link #send} sends
 * them in one statement. A COPY has to be asked for and answered by itself, so few rows go as an insert together with other
 * statements. Used by one thread.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, section “Binary Format”</a>
 */
final class BinaryCopy {

    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final LocalDate EPOCH_DAY = LocalDate.of(2000, 1, 1);
    private static final int INT4_OID = 23;
    private static final int CHUNK = 1 << 16;
    /** So many rows are few. */
    private static final long FEW = 10;

    /** A stream whose bytes are sent without a copy. */
    private static final class Rows extends ByteArrayOutputStream {
        Rows() {
            super(CHUNK);
        }

        void sendTo(CopyIn copy) throws SQLException {
            for (int from = 0; from < count; from += CHUNK) {
                copy.writeToCopy(buf, from, Math.min(CHUNK, count - from));
            }
        }
    }

    private final String into;
    private final int columns;
    /** The values of the rows as long as they are few. */
    private final List<@Nullable Object> values = new ArrayList<>();

    private final Rows rows = new Rows();
    private final ByteBuffer number = ByteBuffer.allocate(8);
    private long count;

    /** Rows for these columns of a table. */
    BinaryCopy(String table, List<String> columns) {
        this.into = table + " (" + String.join(", ", columns) + ")";
        this.columns = columns.size();
        rows.writeBytes(HEADER);
    }

    /** Begins a row; each of its columns follows in their order. */
    BinaryCopy row() {
        count++;
        if (count > FEW) {
            values.clear();
        }
        return int2(columns);
    }

    private BinaryCopy noted(@Nullable Object value) {
        if (count <= FEW) {
            values.add(value);
        }
        return this;
    }

    private BinaryCopy int2(int value) {
        rows.write(value >>> 8);
        rows.write(value);
        return this;
    }

    private BinaryCopy int4(int value) {
        number.clear();
        number.putInt(value);
        rows.write(number.array(), 0, 4);
        return this;
    }

    private BinaryCopy int8(long value) {
        number.clear();
        number.putLong(value);
        rows.write(number.array(), 0, 8);
        return this;
    }

    private BinaryCopy nothing() {
        return int4(-1);
    }

    BinaryCopy smallint(int value) {
        return noted(value).int4(2).int2(value);
    }

    BinaryCopy integer(int value) {
        return noted(value).int4(4).int4(value);
    }

    BinaryCopy bigint(long value) {
        return noted(value).int4(8).int8(value);
    }

    BinaryCopy bool(boolean value) {
        noted(value).int4(1);
        rows.write(value ? 1 : 0);
        return this;
    }

    /** A number; NaN, which stands for unknown, becomes null. */
    BinaryCopy float8(double value) {
        return Double.isNaN(value)
                ? noted(null).nothing()
                : noted(value).int4(8).int8(Double.doubleToRawLongBits(value));
    }

    BinaryCopy uuid(@Nullable UUID value) {
        noted(value);
        return value == null
                ? nothing()
                : int4(16).int8(value.getMostSignificantBits()).int8(value.getLeastSignificantBits());
    }

    BinaryCopy timestamp(Instant value) {
        return noted(value.atOffset(ZoneOffset.UTC)).int4(8).int8(ChronoUnit.MICROS.between(EPOCH, value));
    }

    BinaryCopy date(LocalDate value) {
        return noted(value).int4(4).int4((int) ChronoUnit.DAYS.between(EPOCH_DAY, value));
    }

    BinaryCopy text(@Nullable String value) {
        return noted(value).bytes(value == null ? null : value.getBytes(UTF_8));
    }

    BinaryCopy bytea(byte @Nullable [] value) {
        return noted(value).bytes(value);
    }

    private BinaryCopy bytes(byte @Nullable [] value) {
        if (value == null) {
            return nothing();
        }
        int4(value.length);
        rows.write(value, 0, value.length);
        return this;
    }

    BinaryCopy integers(int[] all) {
        noted(all);
        int4(all.length == 0 ? 12 : 20 + 8 * all.length);
        int4(all.length == 0 ? 0 : 1).int4(0).int4(INT4_OID);
        if (all.length > 0) {
            int4(all.length).int4(1);
            for (int value : all) {
                int4(4).int4(value);
            }
        }
        return this;
    }

    /** Sends the rows, few of them with other statements; nothing when there are none. */
    void send(Together together) throws SQLException {
        if (count == 0) {
            return;
        }
        if (count <= FEW) {
            String row = "(" + "?,".repeat(columns - 1) + "?)";
            together.add("insert into " + into + " values " + row + ("," + row).repeat((int) count - 1), values);
        } else {
            together.send();
            copy(together.connection());
        }
    }

    /** Sends the rows at once; nothing when there are none. */
    void send(Connection connection) throws SQLException {
        if (count > 0) {
            copy(connection);
        }
    }

    private void copy(Connection connection) throws SQLException {
        int2(-1);
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy " + into + " from stdin (format binary)");
        try {
            rows.sendTo(copy);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
        try {
            rows.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
