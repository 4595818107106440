package io.regrade.fact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody said no to advice on this machine, until a moment.
 *
 * @param action the advice that was dismissed
 * @param target the id of the target that was advised, null unless the advice was to reclassify
 * @param until it no longer counts from this moment on
 * @param by who dismissed it
 * @param reason why, in that person's words
 */
public record Dismissal(Action action, @Nullable String target, Instant until, String by, String reason) {

    /** Whether it still counts at the moment of the evaluation. */
    public boolean holdsAt(EvaluationTime time) {
        return until.isAfter(time.at());
    }

    /** Whether it is about this target. */
    public boolean rulesOut(Target other) {
        return action == Action.RECLASSIFY && other.id().equals(target);
    }

    /** Whether it is about making a new machine. */
    public boolean isOfInstantiation() {
        return action == Action.INSTANTIATE;
    }

    /** Who dismissed it, until when and why, as one sentence. */
    public String sentence() {
        return "dismissed by " + by + " until " + until + ": " + reason;
    }
}
