package io.regrade.ledger.pack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.DateTimeException;
import java.time.Instant;

/** Moments as text, such as {@code 2026-01-31T12:00:00Z}, and in milliseconds since 1970. */
final class Moments {

    /** Not a moment, or one that {@link #text} would not write like that. */
    static final long NONE = -1;

    private static final int SECONDS = "2026-01-31T12:00:00Z".length();
    private static final int MILLIS = "2026-01-31T12:00:00.000Z".length();

    private Moments() {}

    static long of(byte[] text, int from, int to) {
        int length = to - from;
        if (length != SECONDS && length != MILLIS || text[to - 1] != 'Z' || text[from + 10] != 'T') {
            return NONE;
        }
        String written = new String(text, from, length, US_ASCII);
        try {
            Instant moment = Instant.parse(written);
            long millis = moment.toEpochMilli();
            return millis >= 0 && Instant.ofEpochMilli(millis).toString().equals(written) ? millis : NONE;
        } catch (DateTimeException e) {
            return NONE;
        }
    }

    static byte[] text(long millis) {
        return Instant.ofEpochMilli(millis).toString().getBytes(US_ASCII);
    }
}
