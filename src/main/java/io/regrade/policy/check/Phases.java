package io.regrade.policy.check;

import java.util.List;

/** The phases of an evaluation by the names that rule files use, in their order. */
public final class Phases {

    /** Their names, in the order in which they run. */
    public static final List<String> NAMES = List.of("require", "needs", "constrain", "match", "benefit", "choose");

    private Phases() {}
}
