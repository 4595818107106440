package io.regrade.intake.telemetry;

/** Takes the amounts of one resource of one machine in order of time. */
interface AmountSink {

    /** An amount in the resource's unit, later than all before it. */
    void add(long epochSecond, double amount);
}
