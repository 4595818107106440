package io.regrade.web.contract;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer JSON pointer into the body or its line, null when it is not about JSON
 * @param line line of the body, from 1; 0 when there is none
 * @param parameter name of a parameter or header, null when it is about the body
 * @param message what is wrong and what was perhaps meant
 */
public record Finding(
        @Nullable String pointer, long line, @Nullable String parameter, String message) {

    /** Something in a JSON body. */
    public static Finding pointer(String pointer, String message) {
        return new Finding(pointer, 0, null, message);
    }

    /** Something in a parameter or header. */
    public static Finding parameter(String name, String message) {
        return new Finding(null, 0, name, message);
    }

    /** Something in a line of the body; the pointer is into that line, or null. */
    public static Finding line(long line, @Nullable String pointer, String message) {
        return new Finding(pointer, line, null, message);
    }
}
