package io.regrade.policytest;

/**
 * One way in which a decision is not what a case expects.
 *
 * @param file the test file, relative to the policy's directory
 * @param line the line of the expectation, from 1
 * @param vm the machine
 * @param message {@code expected … but was …}
 */
public record Difference(String file, int line, String vm, String message) {

    @Override
    public String toString() {
        return file + ":" + line + ": " + vm + ": " + message;
    }
}
