package io.regrade.fact;

/**
 * All requirements on one resource taken together, beside what the machine has: the step between requirements and
 * needs.
 *
 * @param resource the resource
 * @param have what the machine has, in the resource's unit; NaN when unknown
 * @param required the largest amount that any requirement asks for
 * @param source who asks for it
 */
public record Demand(Resource resource, @MayBeUnknown double have, double required, String source) {

    /** The share of what it has that nothing asks for: 0.75 when a quarter would do; negative when short. */
    @MayBeUnknown
    public double spareShare() {
        return have > 0 ? (have - required) / have : Double.NaN;
    }
}
