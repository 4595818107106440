package io.regrade.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves that may be under way together; the next wave begins when they are done.
 *
 * @param number 1 for the first
 * @param canary whether it is there to see how it goes before the others
 * @param window when it may run; null for any time
 * @param vms the machines, in the order to begin with
 */
public record Wave(int number, boolean canary, @Nullable String window, List<String> vms) {}
