package io.regrade.pipeline.impact;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The machines that policies are compared over, one after the other, so that a large fleet takes little memory. */
public interface Subjects {

    /** How many there are; -1 when that is not known before the end. */
    long total();

    /**
     * The next one, null after the last. Asked by one thread; the answer is made ready by any, which is where facts
     * that come as text are read.
     */
    @Nullable
    Supplier<Subject> next();

    /** What could not be had, by reason, such as {@code erased}; complete after the last. */
    default SortedMap<String, Long> unusable() {
        return new TreeMap<>();
    }
}
