package io.regrade.policy.structure;

import io.regrade.policy.PolicyBundle;

/** Reads the rules of a policy as data. Thread-safe. */
public interface StructureReader {

    /** All rules, those with mistakes too as far as they can be read. Throws nothing: what is wrong is in the answer. */
    PolicyStructure read(PolicyBundle policy);
}
