package io.regrade.pipeline.impact;

import io.regrade.decision.Decision;
import io.regrade.fact.Action;
import io.regrade.fact.Projection;
import io.regrade.pipeline.impact.Impact.Risk;
import io.regrade.pipeline.impact.Impact.Side;
import java.util.EnumMap;
import java.util.Map;

/** Adds up what one policy comes to. Used by one thread. */
final class SideTally {

    private static final double LOW = 0.5;
    private static final double MEDIUM = 1;

    private final Map<Action, Long> actions = new EnumMap<>(Action.class);
    private double price;
    private long unpriced;
    private double saving;
    private long unknownSavings;
    private double saturatedHours;
    private double savedHours;
    private long errors;
    private final long[] bands = new long[4];
    private long unknownRisk;
    private double riskSum;
    private double highestRisk = Double.NaN;

    SideTally() {
        for (Action action : Action.values()) {
            actions.put(action, 0L);
        }
    }

    void add(Decision decision) {
        actions.merge(decision.action(), 1L, Long::sum);
        errors += decision.errors().isEmpty() ? 0 : 1;
        if (Double.isNaN(decision.priceUsdMonthNow())) {
            unpriced++;
        } else {
            price += decision.priceUsdMonthNow();
        }
        if (Double.isNaN(decision.savingUsdMonth())) {
            unknownSavings++;
        } else {
            saving += decision.savingUsdMonth();
        }
        Projection projection = decision.projection();
        if (projection != null) {
            saturatedHours += known(projection.saturatedHoursMonth());
            savedHours += known(projection.savedHoursMonth());
            addRisk(projection.risk());
        } else if (decision.action() == Action.INSTANTIATE) {
            unknownRisk++;
        }
    }

    private void addRisk(double risk) {
        if (Double.isNaN(risk)) {
            unknownRisk++;
            return;
        }
        bands[risk <= 0 ? 0 : risk <= LOW ? 1 : risk <= MEDIUM ? 2 : 3]++;
        riskSum += risk;
        highestRisk = Double.isNaN(highestRisk) ? risk : Math.max(highestRisk, risk);
    }

    private static double known(double amount) {
        return Double.isNaN(amount) ? 0 : amount;
    }

    Side total() {
        long moves = bands[0] + bands[1] + bands[2] + bands[3];
        Risk risk = new Risk(
                bands[0],
                bands[1],
                bands[2],
                bands[3],
                unknownRisk,
                moves == 0 ? Double.NaN : riskSum / moves,
                highestRisk);
        return new Side(
                Map.copyOf(actions), price, unpriced, saving, unknownSavings, risk, saturatedHours, savedHours, errors);
    }
}
