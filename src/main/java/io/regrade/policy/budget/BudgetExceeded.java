package io.regrade.policy.budget;

import java.util.List;

/**
 * Ends an evaluation that spends more than it may. An error and no exception, so that no rule catches it: the gate lets
 * none in that catches errors.
 */
public final class BudgetExceeded extends Error {

    private static final long serialVersionUID = 1L;

    /** What ran out. */
    public enum Kind {
        /** Too much time has passed. */
        TIME("time", true),
        /** Too much memory was allocated. */
        ALLOCATION("allocation", true),
        /** Rules fired too often. */
        FIRINGS("firings", false),
        /** Rules concluded too many facts. */
        INSERTIONS("insertions", false),
        /** A text became too long. */
        TEXT("text", false),
        /** Calls were nested too deep. */
        DEPTH("depth", true);

        private final String key;
        private final boolean measured;

        Kind(String key, boolean measured) {
            this.key = key;
            this.measured = measured;
        }

        /** As metrics and decisions name it. */
        public String key() {
            return key;
        }

        /** Whether it depends on the machine that evaluates: the same evaluation may end otherwise elsewhere. */
        public boolean isMeasured() {
            return measured;
        }
    }

    private final Kind kind;
    private transient List<String> rules = List.of();

    BudgetExceeded(Kind kind, String limit) {
        super(limit);
        this.kind = kind;
    }

    /** The same, where it is known which rules were at it. */
    public BudgetExceeded by(List<String> ruleNames) {
        rules = List.copyOf(ruleNames);
        return this;
    }

    /** The names of the rules that were at it, empty when that is not known here. */
    public List<String> rules() {
        return rules;
    }

    /** What ran out. */
    public Kind kind() {
        return kind;
    }
}
