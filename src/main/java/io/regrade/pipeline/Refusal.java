package io.regrade.pipeline;

/**
 * One reason why something was not done, and where in what was asked it lies.
 *
 * @param kind what {@link #place} is
 * @param place a JSON pointer, or a parameter's name
 * @param message what is wrong and what was perhaps meant
 */
public record Refusal(Kind kind, String place, String message) {

    /** What a place is. */
    public enum Kind {
        POINTER,
        PARAMETER
    }

    /** Something in the body. */
    public static Refusal pointer(String pointer, String message) {
        return new Refusal(Kind.POINTER, pointer, message);
    }

    /** Something in the parameters. */
    public static Refusal parameter(String name, String message) {
        return new Refusal(Kind.PARAMETER, name, message);
    }
}
