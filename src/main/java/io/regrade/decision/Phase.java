package io.regrade.decision;

import java.util.Locale;

/**
 * The steps of an evaluation in which rules fire, in their order. A rule file names its phase in one package-level
 * {@code agenda-group}.
 */
public enum Phase {
    /** Measurements and tables become requirements. */
    REQUIRE,
    /** Requirements that differ from what the machine has become needs. */
    NEEDS,
    /** What any target must offer besides: nothing that matters may be lost. */
    CONSTRAIN,
    /** Shortlisted targets are ruled out. */
    MATCH,
    /** What the remaining targets bring is weighed. */
    BENEFIT,
    /** One thing is chosen. */
    CHOOSE;

    private final String key = name().toLowerCase(Locale.ROOT);

    /** The agenda group of this phase's rules, such as {@code needs}. */
    public String key() {
        return key;
    }
}
