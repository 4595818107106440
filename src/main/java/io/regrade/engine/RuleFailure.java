package io.regrade.engine;

import io.regrade.decision.Firing;
import io.regrade.fact.Characters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule that threw, or a phase that did not come to an end. */
public final class RuleFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Firing> firings;

    /**
     * Says what failed.
     *
     * @param message a sentence that names the rule
     * @param firings what had fired in this phase until then
     */
    public RuleFailure(String message, List<Firing> firings, @Nullable Throwable cause) {
        super(Characters.writable(message), cause); // it may tell what the rule said
        this.firings = List.copyOf(firings);
    }

    /** What had fired in the phase before it failed. */
    public List<Firing> firings() {
        return firings;
    }
}
