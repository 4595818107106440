package io.regrade.pipeline;

/** Lets versions decide beside the live ones, without being answered. Thread-safe. */
public interface Shadowing {

    /**
     * Lets a version decide beside its policy from now on, in place of the one that did so before.
     *
     * @param version closed by this when it is over
     * @param share of the policy's machines, percent
     */
    void start(PolicyLease version, double share);

    /** Ends the shadow of a policy, if there is one. */
    void stop(String policy);
}
