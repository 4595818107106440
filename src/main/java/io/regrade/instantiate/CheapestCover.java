package io.regrade.instantiate;

import io.regrade.fact.Capacity;
import io.regrade.fact.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the cheapest set of servers that covers a need: each offer is taken as a whole or not at all, so this is a knapsack
 * cover in several dimensions. All sets that a bound leaves open are tried, up to a number of steps; then the best one found is
 * given, with the bound. Used by one thread.
 */
public final class CheapestCover {

    private static final int MOST_STEPS = 200_000;
    private static final double EPSILON = 1e-9;

    private final List<ServerOffer> offers;
    private final List<Resource> resources = new ArrayList<>();
    private final double[] need;
    private final double[][] supply;
    /** For each resource, the offers' indexes by what a unit costs. */
    private final List<int[]> byUnitPrice = new ArrayList<>();

    private final Terms terms;
    private boolean @Nullable [] best;
    private double bestUsd = Double.POSITIVE_INFINITY;
    private int steps;

    private CheapestCover(List<ServerOffer> offers, Capacity need, Terms terms) {
        this.terms = terms;
        for (Resource resource : Resource.values()) {
            if (need.of(resource) > 0) {
                resources.add(resource);
            }
        }
        this.need = resources.stream().mapToDouble(need::of).toArray();
        // What brings most for its price is tried first, so that the first set found is a good one.
        this.offers = offers.stream()
                .filter(terms::allow)
                .sorted(Comparator.<ServerOffer>comparingDouble(one -> one.priceUsdHour() / worth(one, need))
                        .thenComparing(ServerOffer::server))
                .toList();
        this.supply = new double[this.offers.size()][need()];
        for (int i = 0; i < supply.length; i++) {
            for (int k = 0; k < need(); k++) {
                double amount = this.offers.get(i).supply().of(resources.get(k));
                supply[i][k] = Double.isNaN(amount) ? 0 : amount;
            }
        }
        for (int k = 0; k < need(); k++) {
            int resource = k;
            byUnitPrice.add(java.util.stream.IntStream.range(0, supply.length)
                    .filter(i -> supply[i][resource] > 0)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> this.offers.get(i).priceUsdHour() / supply[i][resource]))
                    .mapToInt(Integer::intValue)
                    .toArray());
        }
    }

    /** What an offer brings: the sum of the shares of the need that it could cover, above 0. */
    private double worth(ServerOffer offer, Capacity whole) {
        double worth = EPSILON;
        for (Resource resource : resources) {
            double amount = offer.supply().of(resource);
            worth += Double.isNaN(amount) ? 0 : Math.min(1, amount / whole.of(resource));
        }
        return worth;
    }

    private int need() {
        return resources.size();
    }

    /**
     * The cheapest set.
     *
     * @param need what the machine needs; what is unknown or zero needs nothing
     * @return empty when no set covers it within the terms
     */
    public static Optional<Cover> of(List<ServerOffer> offers, Capacity need, Terms terms) {
        return new CheapestCover(offers, need, terms).found();
    }

    private Optional<Cover> found() {
        double bound = bound(need, 0);
        search(0, need, 0, new boolean[offers.size()], 1);
        boolean[] chosen = best;
        if (chosen == null || bestUsd > terms.maxUsdHour() + EPSILON) {
            return Optional.empty();
        }
        boolean exact = steps < MOST_STEPS;
        return Optional.of(new Cover(parts(chosen), bestUsd, exact ? bestUsd : Math.min(bound, bestUsd), exact));
    }

    private void search(int next, double[] left, double usd, boolean[] taken, double availability) {
        if (steps >= MOST_STEPS || usd >= bestUsd - EPSILON || availability < terms.minAvailability()) {
            return;
        }
        steps++;
        if (Arrays.stream(left).allMatch(one -> one <= EPSILON)) {
            bestUsd = usd;
            best = taken.clone();
            return;
        }
        if (next == offers.size() || usd + bound(left, next) >= bestUsd - EPSILON) {
            return;
        }
        double[] without = left.clone();
        boolean useful = false;
        for (int k = 0; k < without.length; k++) {
            useful |= without[k] > EPSILON && supply[next][k] > 0;
            without[k] -= supply[next][k];
        }
        ServerOffer offer = offers.get(next);
        if (useful) {
            taken[next] = true;
            double kept = Double.isNaN(terms.minAvailability()) ? 1 : availability * offer.availability();
            search(next + 1, without, usd + offer.priceUsdHour(), taken, kept);
            taken[next] = false;
        }
        search(next + 1, left, usd, taken, availability);
    }

    /** What is left costs at least this much: the dearest resource, were offers sold by the piece. */
    private double bound(double[] left, int next) {
        double most = 0;
        for (int k = 0; k < left.length; k++) {
            double open = left[k];
            double usd = 0;
            for (int i : byUnitPrice.get(k)) {
                if (open <= EPSILON) {
                    break;
                }
                if (i >= next) {
                    double share = Math.min(open, supply[i][k]);
                    usd += offers.get(i).priceUsdHour() * share / supply[i][k];
                    open -= share;
                }
            }
            most = Math.max(most, open > EPSILON ? Double.POSITIVE_INFINITY : usd);
        }
        return most;
    }

    private List<Cover.Part> parts(boolean[] chosen) {
        double[] left = need.clone();
        List<Cover.Part> parts = new ArrayList<>();
        for (int i = 0; i < chosen.length; i++) {
            if (chosen[i]) {
                Capacity share = Capacity.UNKNOWN;
                for (int k = 0; k < left.length; k++) {
                    double taken = Math.max(0, Math.min(left[k], supply[i][k]));
                    left[k] -= taken;
                    share = taken > 0 ? share.with(resources.get(k), taken) : share;
                }
                parts.add(new Cover.Part(offers.get(i), share));
            }
        }
        return parts;
    }
}
