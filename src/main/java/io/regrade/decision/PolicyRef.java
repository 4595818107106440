package io.regrade.decision;

/**
 * Which policy decided.
 *
 * @param name the policy's name
 * @param digest {@code sha256:} and 64 hexadecimal digits over its files
 */
public record PolicyRef(String name, String digest) {}
