package io.regrade.policy.analysis;

import java.util.Map;
import java.util.TreeMap;

/**
 * A sum of variables, each times a number, and a constant. Immutable.
 *
 * @param factors what each variable is multiplied by, never 0
 * @param constant what is added
 */
record Linear(Map<String, Double> factors, double constant) {

    static Linear of(double constant) {
        return new Linear(Map.of(), constant);
    }

    static Linear of(String variable) {
        return new Linear(Map.of(variable, 1.0), 0);
    }

    Linear plus(Linear other, double times) {
        Map<String, Double> sum = new TreeMap<>(factors);
        other.factors.forEach((variable, factor) -> sum.merge(variable, factor * times, Double::sum));
        sum.values().removeIf(factor -> factor == 0);
        return new Linear(sum, constant + other.constant * times);
    }

    Linear times(double number) {
        return number == 0 ? of(0) : of(0).plus(this, number);
    }

    boolean isConstant() {
        return factors.isEmpty();
    }

    double factor(String variable) {
        return factors.getOrDefault(variable, 0.0);
    }

    /** Its value where the variables have these values. */
    double at(Map<String, Double> values) {
        double sum = constant;
        for (Map.Entry<String, Double> term : factors.entrySet()) {
            sum += term.getValue() * values.getOrDefault(term.getKey(), 0.0);
        }
        return sum;
    }
}
