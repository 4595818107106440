package io.regrade.pipeline.impact;

import io.regrade.decision.Decision;
import io.regrade.fact.Configuration;
import io.regrade.fact.Target;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How two decisions about one machine differ; the first that holds. */
public enum Change {
    /** Something else is to be done. */
    ACTION,
    /** It is to be moved somewhere else. */
    TARGET,
    /** Another machine is to be made. */
    CONFIGURATION,
    /** The advice is the same; what is needed, or the rules that fired, are not. */
    REASONS,
    /** Advice and reasons are the same. */
    NONE;

    /** How these two differ. */
    public static Change between(Decision one, Decision other) {
        if (one.action() != other.action()) {
            return ACTION;
        }
        if (!Objects.equals(id(one.target()), id(other.target()))) {
            return TARGET;
        }
        if (!Objects.equals(configuration(one), configuration(other))) {
            return CONFIGURATION;
        }
        return one.needs().equals(other.needs())
                        && one.errors().equals(other.errors())
                        && one.trace().rules().equals(other.trace().rules())
                ? NONE
                : REASONS;
    }

    /** Whether the advice is another one. */
    public boolean isOfAdvice() {
        return this != REASONS && this != NONE;
    }

    /** As it is written, such as {@code action}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String id(@Nullable Target target) {
        return target == null ? null : target.id();
    }

    private static @Nullable Configuration configuration(Decision decision) {
        return decision.instantiation() == null
                ? null
                : decision.instantiation().configuration();
    }
}
