package io.regrade.policy;

import java.util.Arrays;
import java.util.Optional;

/** The units in which sentences state amounts: how they are written, which slots take them, and their bounds. */
enum AmountUnit {
    SHARE("share", "share", "%", 0, 1),
    DAYS("days", "days", "days?", 0, 3650),
    HOURS("hours", "hours", "hours?", 0, 730),
    DOLLARS("usd", "USD/month", "USD a month", 0, 1_000_000),
    BANDWIDTH("gbps", "Gbit/s", "Gbit/s", 0, 100_000),
    GIBIBYTES("gib", "GiB", "GiB", 0, 10_000_000),
    PROCESSORS("vcpu", "vCPU", "vCPU", 0, 100_000),
    MACHINES("count", "machines", "machines?", 0, 1_000_000),
    RISK("risk", "risk", "of 4", 0, 4);

    private static final double PER_CENT = 100;

    final String slot;
    final String unit;
    final String written;
    final double min;
    final double max;

    AmountUnit(String slot, String unit, String written, double min, double max) {
        this.slot = slot;
        this.unit = unit;
        this.written = written;
        this.min = min;
        this.max = max;
    }

    /** The unit that a slot takes by its name, such as {@code share} or {@code days2}; nothing for other slots. */
    static Optional<AmountUnit> ofSlot(String name) {
        String plain = name.replaceAll("\\d+$", "");
        return Arrays.stream(values()).filter(unit -> unit.slot.equals(plain)).findFirst();
    }

    /** The unit that is written behind a number. */
    static AmountUnit ofWritten(String text) {
        return Arrays.stream(values())
                .filter(unit -> text.matches(unit.written))
                .findFirst()
                .orElseThrow();
    }

    /** A number that is written in front of this unit, as the amount it is. */
    double amount(double number) {
        return this == SHARE ? number / PER_CENT : number;
    }
}
