package io.regrade.pipeline;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a draft is measured over.
 *
 * @param decisions past decisions instead of the machines that are held
 * @param from only decisions decided at this moment or later, null for any
 * @param until only decisions decided before this moment, null for any
 */
public record MeasuredOver(
        boolean decisions, @Nullable Instant from, @Nullable Instant until) {

    /** The machines that are held. */
    public static final MeasuredOver MACHINES = new MeasuredOver(false, null, null);

    /** Where what a draft is measured over comes from. */
    @FunctionalInterface
    public interface Feed {

        /**
         * The facts, after the version that decides now.
         *
         * @throws RefusedException when nothing decides under this name
         */
        DraftWork.Input facts(String policy, MeasuredOver over);
    }
}
