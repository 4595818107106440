package io.regrade.bench;

import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.Target;
import java.util.List;

/** Facts that only {@link PlainDrools} has; public because its compiled rules are in another package. */
public final class PlainFacts {

    private static final Resource[] RESOURCES = Resource.values();

    private PlainFacts() {}

    /**
     * The least amount of each resource, NaN where nothing is required.
     *
     * @param amounts in the order of {@link Resource}
     */
    public record Floors(double[] amounts) {

        /** The largest amount that any of the requirements asks for. */
        static Floors of(List<Requirement> requirements) {
            double[] amounts = new double[RESOURCES.length];
            java.util.Arrays.fill(amounts, Double.NaN);
            for (Requirement one : requirements) {
                Resource resource = one.attribute().resource();
                if (resource != null && one.operator() == Requirement.Operator.GE) {
                    int r = resource.ordinal();
                    amounts[r] = amounts[r] >= one.amount() ? amounts[r] : one.amount();
                }
            }
            return new Floors(amounts);
        }

        /** These, and for a resource that nothing is required of, as much as there is. */
        Floors orElse(io.regrade.fact.Capacity stated) {
            double[] all = amounts.clone();
            for (int r = 0; r < all.length; r++) {
                double amount = Double.isNaN(all[r]) ? stated.of(RESOURCES[r]) : all[r];
                all[r] = amount > 0 ? amount : Double.NaN;
            }
            return new Floors(all);
        }

        /** Whether a target certainly offers every amount. */
        public boolean metBy(Target target) {
            for (int r = 0; r < amounts.length; r++) {
                if (!Double.isNaN(amounts[r]) && !(target.capacity().of(RESOURCES[r]) >= amounts[r])) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * A target that supports what is required.
     *
     * @param target the target
     */
    public record Fit(Target target) {}
}
