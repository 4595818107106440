package io.regrade.plan;

/**
 * An answer to a {@link Problem}.
 *
 * @param choices the option of each machine, {@link Problem#STAY} for none
 * @param bound no answer can be worth more, US dollars a month
 */
record Solution(int[] choices, double bound) {}
