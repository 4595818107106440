package io.regrade.pipeline.fleet;

import io.regrade.fact.Action;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Machines added up.
 *
 * @param machines how many there are
 * @param unpriced of how many the price is unknown
 * @param spendUsdMonth what the others cost, US dollars a month
 * @param savingUsdMonth what advised moves save that save something, US dollars a month
 * @param costUsdMonth what advised moves cost more that cost more, US dollars a month, 0 or more
 * @param moves how many machines are advised to move
 * @param risky how many of these moves have a risk above {@value #RISKY} of 4
 * @param riskMean the mean risk of the moves whose risk is known, 0 to 4; NaN without any
 * @param byAction how many machines have each advice
 * @param undecided of how many machines nothing was decided
 * @param failed of how many machines the decision failed
 */
public record FleetTotals(
        int machines,
        int unpriced,
        double spendUsdMonth,
        double savingUsdMonth,
        double costUsdMonth,
        int moves,
        int risky,
        double riskMean,
        Map<Action, Integer> byAction,
        int undecided,
        int failed) {

    /** The risk above which a move is counted as risky. */
    public static final double RISKY = 1;

    static FleetTotals of(List<FleetRow> rows) {
        int unpriced = 0;
        int undecided = 0;
        int failed = 0;
        int moves = 0;
        int risky = 0;
        int rated = 0;
        double spend = 0;
        double saving = 0;
        double cost = 0;
        double risk = 0;
        Map<Action, Integer> byAction = new EnumMap<>(Action.class);
        for (FleetRow row : rows) {
            double price = row.priceUsdMonth();
            if (Double.isNaN(price)) {
                unpriced++;
            } else {
                spend += price;
            }
            Action action = row.action();
            if (action == null) {
                undecided++;
                continue;
            }
            byAction.merge(action, 1, Integer::sum);
            failed += row.advice() != null && row.advice().failed() ? 1 : 0;
            moves += action == Action.RECLASSIFY || action == Action.INSTANTIATE ? 1 : 0;
            saving += Math.max(0, known(row.savingUsdMonth()));
            cost -= Math.min(0, known(row.savingUsdMonth()));
            if (!Double.isNaN(row.risk())) {
                rated++;
                risk += row.risk();
                risky += row.risk() > RISKY ? 1 : 0;
            }
        }
        return new FleetTotals(
                rows.size(),
                unpriced,
                spend,
                saving,
                cost,
                moves,
                risky,
                rated == 0 ? Double.NaN : risk / rated,
                byAction,
                undecided,
                failed);
    }

    private static double known(double amount) {
        return Double.isNaN(amount) ? 0 : amount;
    }
}
