package io.regrade.pipeline.usage;

import io.regrade.ledger.UsageRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a usage record within one month, UTC, and within the period that is asked for.
 *
 * @param record the record
 * @param from when it begins
 * @param until when it ends; later than {@code from}
 */
public record Charge(UsageRecord record, Instant from, Instant until) {

    private static final double MILLIS_AN_HOUR = 3_600_000;

    /**
     * The charges of a record within a period.
     *
     * @param now what goes on is charged until this moment
     */
    public static List<Charge> of(UsageRecord record, Instant from, Instant until, Instant now) {
        Instant end = earlier(until, record.until() == null ? now : record.until());
        Instant begin = record.since().isAfter(from) ? record.since() : from;
        List<Charge> charges = new ArrayList<>();
        while (begin.isBefore(end)) {
            Instant next = earlier(end, nextMonth(begin));
            charges.add(new Charge(record, begin, next));
            begin = next;
        }
        return charges;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant month(Instant moment) {
        OffsetDateTime at = moment.atOffset(ZoneOffset.UTC);
        return at.toLocalDate().withDayOfMonth(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static Instant nextMonth(Instant moment) {
        return month(moment).atOffset(ZoneOffset.UTC).plusMonths(1).toInstant();
    }

    /** The beginning of its month. */
    public Instant monthBegins() {
        return month(from);
    }

    /** The end of its month. */
    public Instant monthEnds() {
        return nextMonth(from);
    }

    /** How long it is, hours. */
    public double hours() {
        return Duration.between(from, until).toMillis() / MILLIS_AN_HOUR;
    }

    /** What it costs, US dollars; NaN when the price is unknown. */
    public double usd() {
        return hours() * record.metered().priceUsdHour();
    }
}
