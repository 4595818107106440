package io.regrade.intake.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What was found wrong so far: all is counted, the first ones are kept. Not safe for use by two threads at a time. */
final class Problems {

    private final int kept;
    private final List<Problem> first = new ArrayList<>();
    private long count;

    Problems(int kept) {
        this.kept = kept;
    }

    void add(String place, long line, String message) {
        add(place, line, () -> message);
    }

    /** The message is made only when it is kept, so that a file of nothing but errors costs little. */
    void add(String place, long line, Supplier<String> message) {
        count++;
        if (first.size() < kept) {
            first.add(new Problem(place, line, message.get()));
        }
    }

    /** Reports all of this as found in a line of another text. */
    void moveTo(Problems other, long line) {
        first.forEach(problem -> other.add(problem.place(), line, problem.message()));
        other.count += count - first.size();
    }

    boolean isEmpty() {
        return count == 0;
    }

    long count() {
        return count;
    }

    /** @throws IntakeException when there is any problem */
    void throwIfAny() {
        if (count > 0) {
            throw new IntakeException(first, count);
        }
    }
}
