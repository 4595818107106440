package io.regrade.ledger;

import io.regrade.ledger.Recommendation.State;
import io.regrade.ledger.Recommendation.Verb;
import java.util.List;
import java.util.stream.Collectors;

/** Something is in a state that does not allow what was said of it; nothing was changed. */
public final class WrongStateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A state that is told in words, with what is possible. */
    public WrongStateException(String message) {
        super(message);
    }

    /** What a draft's state does not allow, and what is missing. */
    public static WrongStateException of(Draft draft, Draft.Verb verb) {
        List<Draft.Verb> missing = draft.state().missing(verb);
        String allowed = draft.state().allowed().stream()
                .map(one -> "`" + one.key() + "`")
                .collect(Collectors.joining(" or "));
        return new WrongStateException("draft `" + draft.id() + "` is "
                + draft.state().key() + ", so `" + verb.key()
                + "` is not possible. "
                + (!missing.isEmpty()
                        ? "Missing before it: "
                                + missing.stream()
                                        .map(one -> "`" + one.key() + "`")
                                        .collect(Collectors.joining(", "))
                        : allowed.isEmpty() ? "Maybe begin another draft: this one is closed" : "Maybe " + allowed));
    }

    /** What a recommendation's state does not allow. */
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
