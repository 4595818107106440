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
 * @param file where it is declared: {@code policy.yaml}, or the sentences that state it as a number
 * @param line the line of its declaration, from 1
 */
public record Parameter(
        String name,
        String description,
        String unit,
        double defaultValue,
        double min,
        double max,
        String file,
        int line) {

    /** The same with another default. */
    Parameter withDefault(double other) {
        return new Parameter(name, description, unit, other, min, max, file, line);
    }
}
