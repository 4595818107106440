package io.regrade.config;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A configuration that cannot be used; the message is a numbered list of everything that is wrong with it. */
public final class ConfigException extends RuntimeException {

    /** What the program ends with. */
    public static final int EXIT_CODE = 100;

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public ConfigException(List<String> problems) {
        super(IntStream.range(0, problems.size())
                .mapToObj(i -> (i + 1) + ". " + problems.get(i))
                .collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Each problem as {@code file:line: what is wrong. Maybe …}. */
    public List<String> problems() {
        return problems;
    }
}
