package io.regrade.engine;

import io.regrade.decision.Firing;
import io.regrade.decision.Phase;
import java.util.List;

/** The working memory of one virtual machine. Not thread-safe; closed after its decision. */
public interface RuleSession extends AutoCloseable {

    /** Makes a fact known to the rules. */
    void insert(Object fact);

    /** Makes the rules forget a fact that was inserted: by whoever inserted it, never by a rule. */
    void forget(Object fact);

    /**
     * Fires the rules of one phase until none is left to fire.
     *
     * @return the firings of this call, in order
     * @throws RuleFailure when a rule throws or the phase does not come to an end
     */
    List<Firing> fire(Phase phase);

    @Override
    void close();
}
