package io.regrade.pipeline.fleet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where advised moves lie between saving and risk, gathered in cells so that any number of machines can be drawn.
 *
 * @param highestUsdMonth the right edge, US dollars a month; above 0
 * @param lowestUsdMonth the left edge, 0 or less
 * @param spots the cells with machines in them
 */
public record SavingByRisk(double highestUsdMonth, double lowestUsdMonth, List<Spot> spots) {

    private static final double HIGHEST_RISK = 4;
    private static final int COLUMNS = 120;
    private static final int LINES = 24;

    /**
     * Machines that lie about at the same place.
     *
     * @param x from 0 to 1, by the root of the saving: small savings are many
     * @param y from 0 to 1, by risk
     * @param machines how many
     * @param example one of them
     */
    public record Spot(double x, double y, int machines, FleetRow example) {}

    static SavingByRisk of(List<FleetRow> rows) {
        double highest = 1;
        double lowest = 0;
        for (FleetRow row : rows) {
            if (isPlaced(row)) {
                highest = Math.max(highest, row.savingUsdMonth());
                lowest = Math.min(lowest, row.savingUsdMonth());
            }
        }
        Map<Integer, List<FleetRow>> cells = new HashMap<>();
        for (FleetRow row : rows) {
            if (isPlaced(row)) {
                int column = (int) Math.round(place(row.savingUsdMonth(), lowest, highest) * COLUMNS);
                int line = (int) Math.round(Math.min(1, row.risk() / HIGHEST_RISK) * LINES);
                cells.computeIfAbsent(line * (COLUMNS + 1) + column, key -> new ArrayList<>())
                        .add(row);
            }
        }
        List<Spot> spots = new ArrayList<>(cells.size());
        for (List<FleetRow> cell : cells.values()) {
            FleetRow first = cell.get(0);
            spots.add(new Spot(
                    place(first.savingUsdMonth(), lowest, highest),
                    Math.min(1, first.risk() / HIGHEST_RISK),
                    cell.size(),
                    first));
        }
        spots.sort((a, b) -> Integer.compare(b.machines(), a.machines()));
        return new SavingByRisk(highest, lowest, List.copyOf(spots));
    }

    /** Where an amount lies from the left edge to the right one, 0 to 1. */
    public double place(double usdMonth) {
        return place(usdMonth, lowestUsdMonth, highestUsdMonth);
    }

    private static double place(double usdMonth, double lowest, double highest) {
        return (root(usdMonth) - root(lowest)) / (root(highest) - root(lowest));
    }

    private static double root(double amount) {
        return Math.signum(amount) * Math.sqrt(Math.abs(amount));
    }

    private static boolean isPlaced(FleetRow row) {
        return !Double.isNaN(row.savingUsdMonth()) && !Double.isNaN(row.risk());
    }
}
