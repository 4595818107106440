package io.regrade.fact;

/**
 * A reason not to move to one target.
 *
 * @param target the target that is ruled out
 * @param why the sentence that explains it
 * @param shortBy by how much it misses, in {@code unit}; NaN when that is no quantity
 * @param unit the unit of {@code shortBy}, empty when there is none
 */
public record Veto(Target target, String why, @MayBeUnknown double shortBy, String unit) {

    /** Makes its texts writable. */
    public Veto {
        why = Characters.writable(why);
        unit = Characters.writable(unit);
    }

    /** A veto whose sentence names the unit. */
    public Veto(Target target, String why, double shortBy) {
        this(target, why, shortBy, "");
    }

    /** A veto that no amount can be given for. */
    public static Veto of(Target target, String why) {
        return new Veto(target, why, Double.NaN);
    }

    /** A veto because something is above what is accepted. */
    public static Veto above(Target target, String what, double is, double accepted, String unit) {
        return new Veto(
                target,
                what + " would be " + Numbers.show(is) + " " + unit + ", accepted are " + Numbers.show(accepted),
                is - accepted,
                unit);
    }
}
