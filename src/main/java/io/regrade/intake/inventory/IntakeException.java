package io.regrade.intake.inventory;

import java.util.List;
import java.util.stream.Collectors;

/** What was given cannot be used; nothing of it was taken. The message lists the problems, one a line. */
public final class IntakeException extends RuntimeException {

    private final transient List<Problem> problems;
    private final long count;

    IntakeException(List<Problem> problems, long count) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n"))
                + (count > problems.size() ? "\nand " + (count - problems.size()) + " more" : ""));
        this.problems = List.copyOf(problems);
        this.count = count;
    }

    /** The first problems in the order of the input. */
    public List<Problem> problems() {
        return problems;
    }

    /** How many problems there are, those that are not listed included. */
    public long count() {
        return count;
    }
}
