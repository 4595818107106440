package io.regrade.web;

import io.regrade.pipeline.Refusals;
import io.regrade.web.contract.Finding;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which answers the audit log has to tell of: a request for recorded decisions that got none. Of the request it tells only
 * where it was wrong, in words of the contract; a word that the client made up is not repeated. Thread-safe.
 */
final class RefusedRequests {

    private static final Set<String> OPERATIONS = Set.of("decide", "beginEvaluation");
    private static final CompletionStage<Void> NOTHING = CompletableFuture.completedFuture(null);
    private static final String HIDDEN = "…";
    private static final int MOST_DIGITS = 6;

    private final Refusals refusals;
    private final Set<String> words;

    /** Requests in the words of a contract. */
    RefusedRequests(Refusals refusals, Set<String> words) {
        this.refusals = refusals;
        this.words = Set.copyOf(words);
    }

    /**
     * Notes a problem that is to be answered.
     *
     * @param operation the operation that was asked for, null for none
     * @param record the parameter {@code record} as it was given, null when it was not
     * @return completes when it may be answered, never fails
     */
    CompletionStage<Void> note(@Nullable String operation, @Nullable String record, HttpProblem problem) {
        if (operation == null || !OPERATIONS.contains(operation) || "false".equals(record)) {
            return NOTHING;
        }
        String kind = problem.type().slug();
        return problem.type().status() >= 500
                ? refusals.counted(kind)
                : refusals.refused(
                        kind,
                        problem.findings().stream().map(this::place).distinct().toList());
    }

    private String place(Finding finding) {
        String parameter = finding.parameter();
        if (parameter != null) {
            return "parameter " + word(parameter);
        }
        String pointer = finding.pointer();
        return pointer == null || pointer.isEmpty() ? "the body" : pointer(pointer);
    }

    private String pointer(String pointer) {
        return Arrays.stream(pointer.split("/", -1))
                .map(segment -> segment.isEmpty() || isIndex(segment) ? segment : word(segment))
                .collect(Collectors.joining("/"));
    }

    private static boolean isIndex(String segment) {
        return segment.length() <= MOST_DIGITS
                && segment.chars().allMatch(character -> character >= '0' && character <= '9');
    }

    private String word(String word) {
        return words.contains(word) ? word : HIDDEN;
    }
}
