package io.regrade.policytest;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which small changes of a policy its tests notice.
 *
 * @param noticed changes that at least one test noticed
 * @param survivors changes that no test noticed
 * @param untried changes that were not tried, each with the reason
 * @param seconds how long it took
 */
public record MutationReport(List<Mutant> noticed, List<Mutant> survivors, List<Untried> untried, double seconds) {

    /** The reason of those that {@link MutationSettings#seconds()} left out. */
    public static final String NO_TIME = "there was no time for it";

    /**
     * A change that was not tried.
     *
     * @param reason why not, such as that the rules do not compile with it
     */
    public record Untried(Mutant mutant, String reason) implements Comparable<Untried> {

        @Override
        public int compareTo(Untried other) {
            return mutant.compareTo(other.mutant);
        }

        @Override
        public String toString() {
            return mutant + ": " + reason;
        }
    }

    /** Sorts by place. */
    public MutationReport {
        noticed = noticed.stream().sorted().toList();
        survivors = survivors.stream().sorted().toList();
        untried = untried.stream().sorted().toList();
    }

    /** Both together, one after the other. */
    MutationReport and(MutationReport next) {
        return new MutationReport(
                Stream.concat(noticed.stream(), next.noticed.stream()).toList(),
                Stream.concat(survivors.stream(), next.survivors.stream()).toList(),
                Stream.concat(untried.stream(), next.untried.stream()).toList(),
                seconds + next.seconds);
    }

    /** The share of the changes that were tried and noticed, 0 to 1; 1 when none was tried. */
    public double score() {
        int tried = noticed.size() + survivors.size();
        return tried == 0 ? 1 : (double) noticed.size() / tried;
    }
}
