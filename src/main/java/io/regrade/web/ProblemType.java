package io.regrade.web;

/** The kinds of problem documents. */
enum ProblemType {
    INVALID(400, "invalid-request", "The request is not as the contract wants it"),
    NOT_FOUND(404, "not-found", "There is no such thing"),
    WRONG_STATE(409, "wrong-state", "It is in a state that does not allow this"),
    FORBIDDEN(403, "cross-site", "Another site may not do this"),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "There is no such method here"),
    NOT_ACCEPTABLE(406, "not-acceptable", "The answer comes in none of the media types that are accepted"),
    PRECONDITION_FAILED(412, "precondition-failed", "What is held is not as the request expects"),
    TOO_LARGE(413, "body-too-large", "The body is too large"),
    URI_TOO_LONG(414, "uri-too-long", "The request line is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "The body is in a form that is not read here"),
    UNPROCESSABLE(422, "unknown-reference", "The request names something that is not known here"),
    BAD_POLICY(422, "policy-unusable", "The policy cannot be used"),
    STOPPED(422, "run-stopped", "The run was stopped before it gave an answer"),
    KEY_REUSED(422, "idempotency-key-reused", "The Idempotency-Key stands for another request"),
    HEADERS_TOO_LARGE(431, "headers-too-large", "The headers are too large"),
    FAILED(500, "internal-error", "Something failed here"),
    EVIDENCE_BROKEN(500, "evidence-broken", "What is stored is not what its digests say, or cannot be used here"),
    GONE(410, "erased", "It was there, and has been erased since"),
    DROPPED(410, "dropped", "It was there, and has been dropped since because of its age"),
    LEDGER_AWAY(503, "ledger-unavailable", "Nothing can be recorded now"),
    BUSY(503, "busy", "Too much is waiting already");

    private final int status;
    private final String slug;
    private final String title;

    ProblemType(int status, String slug, String title) {
        this.status = status;
        this.slug = slug;
        this.title = title;
    }

    int status() {
        return status;
    }

    /** The problem's URI. */
    String uri() {
        return "urn:regrade:problem:" + slug;
    }

    /** What the URI ends with. */
    String slug() {
        return slug;
    }

    String title() {
        return title;
    }

    /** The kind for a status that the HTTP server itself has chosen. */
    static ProblemType of(int status) {
        for (ProblemType type : values()) {
            if (type.status == status) {
                return type;
            }
        }
        return status >= 400 && status < 500 ? INVALID : FAILED;
    }
}
