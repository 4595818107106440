package io.regrade.plan;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a whole fleet moves, and in which order. Immutable.
 *
 * @param moves who moves where, in the order of the machines
 * @param staying who would move, but gets none of its options
 * @param waves the moves in order
 * @param netUsdMonth what all moves are worth, US dollars a month, by the rules
 * @param savingUsdMonth what is saved of what is known, US dollars a month
 * @param boundUsdMonth no plan can be worth more; obligations that are met are in neither sum
 * @param unmet how many machines that must change cannot
 * @param notes what could not be kept of a machine that moves, in words, by its id
 */
public record FleetPlan(
        List<Move> moves,
        List<Stay> staying,
        List<Wave> waves,
        double netUsdMonth,
        double savingUsdMonth,
        double boundUsdMonth,
        int unmet,
        Map<String, String> notes) {

    /** Copies the lists. */
    public FleetPlan {
        moves = List.copyOf(moves);
        staying = List.copyOf(staying);
        waves = List.copyOf(waves);
        notes = Map.copyOf(notes);
    }

    /**
     * A machine that moves.
     *
     * @param option where to
     * @param choice its place among the machine's options, 1 for the first
     * @param instead why it is not its first choice; null when it is
     */
    public record Move(
            Mover mover,
            Option option,
            int choice,
            @Nullable Instead instead) {}

    /**
     * A machine that stays though it would move.
     *
     * @param instead why
     */
    public record Stay(Mover mover, Instead instead) {}

    /**
     * Why a machine does not get its first choice.
     *
     * @param scarce what is short, such as {@code pool `p4`}
     * @param unit what of it, such as {@code places}
     * @param usdMonth what the first choice would have been worth more, US dollars a month
     */
    public record Instead(String scarce, String unit, double usdMonth) {}

    /** How far it is from the best that could be at most, a share of that; 0 when it is the best. */
    public double gap() {
        return boundUsdMonth <= netUsdMonth ? 0 : (boundUsdMonth - netUsdMonth) / Math.abs(boundUsdMonth);
    }
}
