package io.regrade.policy;

/**
 * A value that the limits table sets.
 *
 * @param parameter the parameter
 * @param environment for which environment, {@code default} included
 * @param value the value
 * @param cell where it stands in {@link PolicyReader#LIMITS}
 */
public record LimitCell(Parameter parameter, String environment, double value, Cell cell) {}
