package io.regrade.ledger;

import io.regrade.ledger.Recommendation.State;
import io.regrade.ledger.Recommendation.Verb;
import java.util.stream.Collectors;

/** A recommendation is in a state that does not allow what was said of it; nothing was changed. */
public final class WrongStateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WrongStateException(String id, State state, Verb verb) {
        super("recommendation `" + id + "` is " + state.key() + ", so `" + verb.key() + "` is not possible. "
                + (state.allowed().isEmpty()
                        ? "Maybe look for a newer one of the same machine: this one is closed"
                        : "Maybe "
                                + state.allowed().stream()
                                        .map(allowed -> "`" + allowed.key() + "`")
                                        .collect(Collectors.joining(" or "))));
    }
}
