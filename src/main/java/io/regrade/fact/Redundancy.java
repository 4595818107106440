package io.regrade.fact;

/**
 * What the group of a virtual machine carries together, so that a rule can ask whether it survives a loss.
 *
 * @param group the group's name
 * @param members how many virtual machines it has, this one included
 * @param resource the resource that is added up
 * @param groupPeak the sum of the members' 99th percentiles, in the resource's unit; NaN when one is unknown
 */
public record Redundancy(
        String group,
        int members,
        Resource resource,
        @MayBeUnknown double groupPeak) {

    /** Takes every zero as one: there is none below it. */
    public Redundancy {
        groupPeak = Numbers.plain(groupPeak);
    }

    /** Whether the load of every member is known. */
    public boolean isLoadKnown() {
        return !Double.isNaN(groupPeak);
    }

    /** Whether there is no other member. */
    public boolean isAlone() {
        return members < 2;
    }

    /** What each of the members that are left must carry when one is lost; NaN for a group of one. */
    @MayBeUnknown
    public double shareAfterLoss() {
        return members < 2 ? Double.NaN : groupPeak / (members - 1);
    }
}
