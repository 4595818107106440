package io.regrade.intake.inventory;

import io.regrade.intake.telemetry.SampleBlock;

/** Where samples go, a block of one machine at a time; used by the reading thread alone. */
interface SampleSink {

    /** An empty block to fill. */
    SampleBlock take();

    /**
     * Hands over a block, which the caller must not use again, and gets an empty one.
     *
     * @param vm the machine's place, negative when it is not known
     * @param last whether the machine has no more samples
     */
    SampleBlock put(int vm, SampleBlock block, boolean last);
}
