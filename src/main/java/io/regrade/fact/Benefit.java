package io.regrade.fact;

/**
 * What moving to a target brings, in its own unit, and what the policy says that is worth.
 *
 * @param target the target
 * @param kind what kind of benefit
 * @param amount how much; negative for a loss
 * @param unit the amount's unit
 * @param worthUsdMonth what the policy counts it for, US dollars a month
 */
public record Benefit(Target target, Kind kind, double amount, String unit, double worthUsdMonth) {

    /** Makes its text writable. */
    public Benefit {
        unit = Characters.writable(unit);
    }

    /** The kinds of benefit. */
    public enum Kind {
        /** US dollars a month saved. */
        COST,
        /** Hours of saturation a month avoided. */
        PERFORMANCE,
        /** Security gaps closed, a count. */
        SECURITY,
        /** Processors or memory given back. */
        RESOURCE
    }

    /** Money saved; it is worth what it is. */
    public static Benefit cost(Target target, double usdMonth) {
        return new Benefit(target, Kind.COST, usdMonth, "USD/month", usdMonth);
    }

    /** One security gap closed. */
    public static Benefit closedGap(Target target, double usdEach) {
        return priced(target, Kind.SECURITY, 1, "gap", usdEach);
    }

    /** A benefit that the policy gives a price a unit. */
    public static Benefit priced(Target target, Kind kind, double amount, String unit, double usdEach) {
        return new Benefit(target, kind, amount, unit, amount * usdEach);
    }
}
