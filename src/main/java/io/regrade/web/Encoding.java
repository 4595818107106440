package io.regrade.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a body is compressed (RFC 9110, section 8.4). Remote write comes in Snappy's block format, everything else does not. */
enum Encoding {
    IDENTITY,
    GZIP,
    SNAPPY;

    private static final String REMOTE_WRITE = "application/x-protobuf";

    /**
     * The encoding of a header.
     *
     * @throws HttpProblem when it is none that is read for this media type
     */
    static Encoding of(@Nullable String header, String mediaType) {
        String name = header == null ? "identity" : header.strip().toLowerCase(Locale.ROOT);
        if (name.equals("snappy") && mediaType.equals(REMOTE_WRITE)) {
            return SNAPPY;
        } else if (name.equals("gzip")) {
            return GZIP;
        } else if (name.equals("identity")) {
            return IDENTITY;
        }
        boolean snappy = mediaType.equals(REMOTE_WRITE);
        String shown = name.length() > 60 ? name.substring(0, 60) + "…" : name;
        throw new HttpProblem(
                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                "`Content-Encoding` is `" + shown + "`. Maybe " + (snappy ? "`snappy`" : "`gzip`, or none"),
                List.of(),
                Map.of("Accept-Encoding", snappy ? "snappy, gzip, identity" : "gzip, identity"));
    }

    /** The body as it was before, but never more than the limit. */
    byte[] decompress(byte[] body, long limit) {
        return switch (this) {
            case IDENTITY -> body;
            case GZIP -> Bodies.gunzip(body, limit);
            case SNAPPY -> Bodies.unsnap(body, limit);
        };
    }
}
