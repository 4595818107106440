package io.regrade.policy.gate;

/** What a class of a compiled policy is for. */
public enum Role {
    /** Conditions and conclusions: runs while machines are decided, and holds what the author wrote. */
    RULE,
    /** Puts the rules together when they are loaded. */
    ASSEMBLY,
    /** Puts rules together, too; but its static methods are the functions that the policy's author wrote. */
    FUNCTIONS,
    /** A class that nothing of the engine makes: it is not let in. */
    UNKNOWN
}
