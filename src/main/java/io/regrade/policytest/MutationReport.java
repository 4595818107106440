package io.regrade.policytest;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which small changes of a policy its tests notice.
 *
 * @param noticed changes that at least one test noticed
 * @param survivors changes that no test noticed
 * @param untried changes that there was no time for
 * @param seconds how long it took
 */
public record MutationReport(List<Mutant> noticed, List<Mutant> survivors, List<Mutant> untried, double seconds) {

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
