package io.regrade.simulate;

/**
 * What the policy sets for a simulation.
 *
 * @param saturation the share of its capacity at which a resource counts as saturated, above 0 and at most 1, such as
 *     0.95
 * @param riskMargin usage is stretched by 1 + this share when risk is judged, 0 or more, such as 0.1
 * @param memoryWeight how many hours of processor shortage one hour of memory or storage shortage weighs, 0 or more,
 *     such as 8: a process that gets no memory is killed, one that gets no processor waits
 * @param medianExcess the share by which half of all machines come to exceed their highest memory use seen, above 0, such
 *     as 0.025; NaN when the policy does not say, and then the risk of short memory goes by past use alone
 * @param excessShape how fast the chance of a larger excess falls, above 0; NaN together with the share
 */
public record SimulationSettings(
        double saturation, double riskMargin, double memoryWeight, double medianExcess, double excessShape) {

    /** Settings of a policy that does not say how memory use grows beyond its past. */
    public SimulationSettings(double saturation, double riskMargin, double memoryWeight) {
        this(saturation, riskMargin, memoryWeight, Double.NaN, Double.NaN);
    }

    /** Whether it is known how memory use grows beyond its past. */
    boolean knowsExcess() {
        return !Double.isNaN(medianExcess) && !Double.isNaN(excessShape);
    }

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when one is out of its bounds
     */
    public SimulationSettings {
        if (!(saturation > 0 && saturation <= 1)) {
            throw new IllegalArgumentException("saturation must be above 0 and at most 1, not `" + saturation + "`");
        }
        if (!(riskMargin >= 0 && riskMargin < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("risk margin must be 0 or more and finite, not `" + riskMargin + "`");
        }
        if (!(memoryWeight >= 0 && memoryWeight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "memory weight must be 0 or more and finite, not `" + memoryWeight + "`");
        }
        if (medianExcess <= 0 || excessShape <= 0) {
            throw new IllegalArgumentException("the excess of memory use must be above 0");
        }
    }
}
