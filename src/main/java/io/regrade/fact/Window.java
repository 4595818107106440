package io.regrade.fact;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a machine may be changed, the same every week: some days and a time of day, UTC. It is written {@code sat},
 * {@code sat,sun 02:00-06:00} or {@code mon-fri 22:00-24:00}. Where the time ends before it begins, it ends the next day.
 *
 * @param days the days on which it begins
 * @param fromMinute minutes from midnight at which it begins, 0 to 1439
 * @param minutes how long it lasts, 1 to 1440
 */
public record Window(Set<DayOfWeek> days, int fromMinute, int minutes) {

    private static final int DAY = 24 * 60;
    private static final List<String> NAMES = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final Pattern FORM =
            Pattern.compile("([a-z]{3}(?:[-,][a-z]{3})*)(?: (\\d{2}):(\\d{2})-(\\d{2}):(\\d{2}))?");

    /** Copies the days, in their order. */
    public Window {
        days = Collections.unmodifiableSet(EnumSet.copyOf(days));
    }

    /** Reads one; empty when it is none. */
    public static Optional<Window> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : matcher.group(1).split(",")) {
            String[] ends = part.split("-");
            int first = NAMES.indexOf(ends[0]);
            int last = NAMES.indexOf(ends[ends.length - 1]);
            if (ends.length > 2 || first < 0 || last < 0) {
                return Optional.empty();
            }
            for (int day = first; ; day = (day + 1) % NAMES.size()) {
                days.add(DayOfWeek.of(day + 1));
                if (day == last) {
                    break;
                }
            }
        }
        if (matcher.group(2) == null) {
            return Optional.of(new Window(days, 0, DAY));
        }
        int from = minute(matcher.group(2), matcher.group(3));
        int until = minute(matcher.group(4), matcher.group(5));
        if (from < 0 || from >= DAY || until < 0 || until == from) {
            return Optional.empty();
        }
        return Optional.of(new Window(days, from, until > from ? until - from : until + DAY - from));
    }

    private static int minute(String hour, String minute) {
        int minutes = Integer.parseInt(hour) * 60 + Integer.parseInt(minute);
        return Integer.parseInt(minute) > 59 || minutes > DAY ? -1 : minutes;
    }

    /** How much of a week it is, hours. */
    public double hoursAWeek() {
        return days.size() * minutes / 60.0;
    }

    /** Whether a moment is in it; its end is not. */
    public boolean holdsAt(Instant moment) {
        ZonedDateTime at = moment.atZone(ZoneOffset.UTC);
        for (int back = 0; back <= 1; back++) {
            ZonedDateTime begins = at.toLocalDate()
                    .minusDays(back)
                    .atTime(LocalTime.MIN)
                    .atZone(ZoneOffset.UTC)
                    .plusMinutes(fromMinute);
            Duration since = Duration.between(begins, at);
            if (days.contains(begins.getDayOfWeek())
                    && !since.isNegative()
                    && since.compareTo(Duration.ofMinutes(minutes)) < 0) {
                return true;
            }
        }
        return false;
    }
}
