package io.regrade.policy.gate;

/**
 * Something in a policy's bytecode that is not let in.
 *
 * @param type the class it stands in, such as {@code small/Rules12}
 * @param method the method it stands in; empty when the class itself is meant
 * @param code {@code forbidden-call}, {@code forbidden-type}, {@code forbidden-construct} or {@code forbidden-regex}
 * @param words what is wrong, and what may be done instead
 * @param token the word to find its place by in what the author wrote; empty when there is none
 */
public record Finding(String type, String method, String code, String words, String token) {

    static final String CALL = "forbidden-call";
    static final String TYPE = "forbidden-type";
    static final String CONSTRUCT = "forbidden-construct";
    static final String REGEX = "forbidden-regex";
}
