package io.regrade.pipeline;

import java.util.List;
import java.util.stream.Collectors;

/** What was asked cannot be done as it was asked; nothing was done. The message lists the reasons, one a line. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Refusal> reasons;

    private RefusedException(List<Refusal> reasons) {
        super(reasons.stream().map(Refusal::message).collect(Collectors.joining("\n")));
        this.reasons = List.copyOf(reasons);
    }

    /** What was asked makes no sense here, for these reasons. */
    public static RefusedException invalid(Refusal... reasons) {
        return new RefusedException(List.of(reasons));
    }

    /** What was asked makes no sense here, for these reasons. */
    public static RefusedException invalid(List<Refusal> reasons) {
        return new RefusedException(reasons);
    }

    /** All reasons. */
    public List<Refusal> reasons() {
        return reasons;
    }
}
