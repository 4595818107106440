package io.regrade.web;

import io.regrade.web.contract.Finding;
import java.util.List;
import java.util.Map;

/** A request that is answered with a problem document. */
final class HttpProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final String detail;
    private final transient List<Finding> findings;
    private final transient Map<String, String> headers;

    HttpProblem(ProblemType type, String detail) {
        this(type, detail, List.of(), Map.of());
    }

    HttpProblem(ProblemType type, String detail, List<Finding> findings, Map<String, String> headers) {
        super(detail, null, false, false);
        this.type = type;
        this.detail = detail;
        this.findings = List.copyOf(findings);
        this.headers = Map.copyOf(headers);
    }

    /** A request that is not as it should be, for these reasons. */
    static HttpProblem invalid(List<Finding> findings) {
        return listed(ProblemType.INVALID, findings, findings.size());
    }

    /**
     * A problem with a list of reasons.
     *
     * @param count how many reasons there are, those that are not listed included
     */
    static HttpProblem listed(ProblemType type, List<Finding> findings, long count) {
        String detail = findings.isEmpty()
                ? type.title()
                : findings.get(0).message() + (count > 1 ? " (and " + (count - 1) + " more)" : "");
        return new HttpProblem(type, detail, findings, Map.of());
    }

    ProblemType type() {
        return type;
    }

    String detail() {
        return detail;
    }

    List<Finding> findings() {
        return findings;
    }

    Map<String, String> headers() {
        return headers;
    }
}
