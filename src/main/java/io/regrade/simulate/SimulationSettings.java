package io.regrade.simulate;

/**
 * What the policy sets for a simulation.
 *
 * @param saturation the share of its capacity at which a resource counts as saturated, above 0 and at most 1, such as
 *     0.95
 * @param riskMargin usage is stretched by 1 + this share when risk is judged, 0 or more, such as 0.1
 * @param memoryWeight how many hours of processor shortage one hour of memory or storage shortage weighs, 0 or more,
 *     such as 8: a process that gets no memory is killed, one that gets no processor waits
 */
public record SimulationSettings(double saturation, double riskMargin, double memoryWeight) {

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
    }
}
