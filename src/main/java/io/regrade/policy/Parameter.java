package io.regrade.policy;

/**
 * A number that rules use by name, as {@code policy.yaml} declares it.
 *
 * @param name such as {@code memory-headroom}
 * @param description what it means
 * @param unit its unit
 * @param defaultValue its value where no table says otherwise
 * @param min the least value it may have
 * @param max the greatest value it may have
 * @param line where it is declared in {@code policy.yaml}
 */
public record Parameter(
        String name, String description, String unit, double defaultValue, double min, double max, int line) {}
