package io.regrade.web;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something that must hold for the server to be ready.
 *
 * @param name what is checked
 * @param problem what is wrong with it, empty when nothing is; quick, since it is asked on the event loop
 */
public record HealthCheck(String name, Supplier<Optional<String>> problem) {}
