package io.regrade.web;

import io.regrade.web.contract.Finding;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;

/** Moments as requests write them, RFC 3339. */
final class Moment {

    private Moment() {}

    /**
     * Reads one.
     *
     * @param place makes of what is wrong a finding that says where
     * @throws HttpProblem when it is none
     */
    static Instant read(String text, Function<String, Finding> place) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw HttpProblem.invalid(
                    List.of(place.apply("`" + text + "` is not a moment. Maybe `2026-01-31T00:00:00Z`")));
        }
    }
}
