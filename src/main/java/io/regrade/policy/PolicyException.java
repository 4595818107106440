package io.regrade.policy;

import java.util.List;
import java.util.stream.Collectors;

/** A policy that cannot be used, with every reason. */
public final class PolicyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> diagnostics;

    public PolicyException(List<Diagnostic> diagnostics) {
        super(diagnostics.stream()
                .filter(Diagnostic::isError)
                .sorted()
                .map(Diagnostic::toString)
                .collect(Collectors.joining("\n")));
        this.diagnostics = diagnostics.stream().sorted().toList();
    }

    /** Every finding, ordered by place. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
