package io.regrade.intake.telemetry;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * Reads RFC 3339 times from characters. The usual {@code 2024-05-31T23:59:00Z} costs no allocation, and a day that
 * was just read is not computed again. Fractions of a second are dropped. Not safe for use by two threads at a time.
 */
public final class Timestamps {

    /** What is answered for a text that is no time. */
    public static final long MALFORMED = Long.MIN_VALUE;

    private static final int USUAL_LENGTH = 20;
    private static final int DATE_LENGTH = 10;
    private static final long SECONDS_A_DAY = 86_400;

    private final char[] lastDate = new char[DATE_LENGTH];
    private long lastDay = MALFORMED;

    /** Makes a reader. */
    public Timestamps() {}

    /** Seconds since 1970-01-01T00:00Z, or {@link #MALFORMED}. */
    public long parse(char[] text, int offset, int length) {
        if (length == USUAL_LENGTH
                && text[offset + 19] == 'Z'
                && text[offset + 10] == 'T'
                && text[offset + 13] == ':'
                && text[offset + 16] == ':') {
            int hour = twoDigits(text, offset + 11);
            int minute = twoDigits(text, offset + 14);
            int second = twoDigits(text, offset + 17);
            if ((hour | minute | second) >= 0 && hour < 24 && minute < 60 && second < 60) {
                long day = day(text, offset);
                return day == MALFORMED ? MALFORMED : day * SECONDS_A_DAY + hour * 3600L + minute * 60L + second;
            }
        }
        return slow(new String(text, offset, length));
    }

    /** Seconds since 1970-01-01T00:00Z, or {@link #MALFORMED}. */
    public long parse(String text) {
        char[] characters = text.toCharArray();
        return parse(characters, 0, characters.length);
    }

    private long day(char[] text, int offset) {
        boolean same = lastDay != MALFORMED;
        for (int i = 0; same && i < DATE_LENGTH; i++) {
            same = text[offset + i] == lastDate[i];
        }
        if (!same) {
            int century = twoDigits(text, offset);
            int year = twoDigits(text, offset + 2);
            int month = twoDigits(text, offset + 5);
            int day = twoDigits(text, offset + 8);
            if ((century | year | month | day) < 0 || text[offset + 4] != '-' || text[offset + 7] != '-') {
                return MALFORMED;
            }
            try {
                lastDay = LocalDate.of(century * 100 + year, month, day).toEpochDay();
            } catch (DateTimeException e) {
                return MALFORMED;
            }
            System.arraycopy(text, offset, lastDate, 0, DATE_LENGTH);
        }
        return lastDay;
    }

    /** The number of two digits, negative when they are none. */
    private static int twoDigits(char[] text, int offset) {
        int tens = text[offset] - '0';
        int ones = text[offset + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : 10 * tens + ones;
    }

    private static long slow(String text) {
        try {
            return OffsetDateTime.parse(text.strip()).toEpochSecond();
        } catch (DateTimeException e) {
            return MALFORMED;
        }
    }
}
