package io.regrade.fact;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The one moment a decision is made at; nothing else reads a clock.
 *
 * @param at the moment, UTC
 */
public record EvaluationTime(Instant at) {

    /** Days from this moment until a date at midnight UTC; negative when it has passed. */
    public long daysUntil(LocalDate date) {
        return ChronoUnit.DAYS.between(LocalDate.ofInstant(at, ZoneOffset.UTC), date);
    }
}
