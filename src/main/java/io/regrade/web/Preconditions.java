package io.regrade.web;

import io.regrade.ledger.Expectation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code If-Match}, {@code If-None-Match} and {@code ETag} (RFC 9110, section 13). */
final class Preconditions {

    private static final String ANY = "*";

    private Preconditions() {}

    /** What a write expects of what is held. */
    static Expectation of(Call call) {
        String match = call.text("If-Match");
        String noneMatch = call.text("If-None-Match");
        List<String> tags = match == null || match.strip().equals(ANY) ? List.of() : tags(match);
        return new Expectation(
                tags, match != null, noneMatch != null && noneMatch.strip().equals(ANY));
    }

    /** Whether a reader has what is held already. */
    static boolean isKnown(@Nullable String noneMatch, String tag) {
        return noneMatch != null
                && (noneMatch.strip().equals(ANY) || tags(noneMatch).contains(tag));
    }

    /** A tag as it is sent. */
    static String quoted(String tag) {
        return '"' + tag + '"';
    }

    private static List<String> tags(String header) {
        List<String> tags = new ArrayList<>();
        for (String entry : header.split(",")) {
            String tag = entry.strip();
            tag = tag.startsWith("W/") ? tag.substring(2) : tag;
            tags.add(
                    tag.length() > 1 && tag.startsWith("\"") && tag.endsWith("\"")
                            ? tag.substring(1, tag.length() - 1)
                            : tag);
        }
        return tags;
    }
}
