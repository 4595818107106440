package io.regrade.web;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something that must hold for the server to be ready, or that an operator has to know of.
 *
 * @param name what is checked
 * @param problem what is wrong with it, empty when nothing is; quick, since it is asked on the event loop
 * @param needed whether the server is not ready while something is wrong
 */
public record HealthCheck(String name, Supplier<Optional<String>> problem, boolean needed) {

    /** Something that must hold. */
    public HealthCheck(String name, Supplier<Optional<String>> problem) {
        this(name, problem, true);
    }

    /** Something to know of, with which the server is ready all the same. */
    public static HealthCheck notice(String name, Supplier<Optional<String>> problem) {
        return new HealthCheck(name, problem, false);
    }
}
