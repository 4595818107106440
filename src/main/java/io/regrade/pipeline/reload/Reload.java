package io.regrade.pipeline.reload;

import io.regrade.policy.Diagnostic;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of a change of a policy's files. Immutable.
 *
 * @param policy its name; the directory's when the files do not tell it
 * @param directory where the files are
 * @param digest of the files; empty when they cannot be read
 * @param outcome what was done
 * @param diagnostics what is wrong with them
 * @param at when
 */
public record Reload(
        String policy, Path directory, String digest, Outcome outcome, List<Diagnostic> diagnostics, Instant at) {

    /** What was done about a change. */
    public enum Outcome {
        /** The files are what decides, as they were before they changed. */
        UNCHANGED,
        /** The files decide from now on. */
        ACTIVATED,
        /** The files are sound, and do not decide: that is how it is configured. */
        REPORTED,
        /** Something is wrong with the files: what decided before goes on. */
        REFUSED,
        /** The files are sound, and the change could not be kept: it is tried again. */
        POSTPONED;

        /** As it is written, such as {@code activated}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the list. */
    public Reload {
        diagnostics = List.copyOf(diagnostics);
    }

    /** Whether something else decides than what the files say. */
    public boolean isStale() {
        return outcome != Outcome.UNCHANGED && outcome != Outcome.ACTIVATED;
    }

    /** What an operator has to know; empty when the files are what decides. */
    public Optional<String> notice() {
        return switch (outcome) {
            case UNCHANGED, ACTIVATED -> Optional.empty();
            case REPORTED ->
                Optional.of("`" + policy + "` has changed on disk to " + digest
                        + ", which does not decide: `on_change` of `policies` is `report`");
            case POSTPONED ->
                Optional.of("`" + policy + "` has changed on disk to " + digest
                        + ", which cannot be brought into force while the ledger is away; it is tried again");
            case REFUSED ->
                Optional.of("`" + policy + "` has changed on disk and cannot be used, what decided before"
                        + " goes on:\n"
                        + String.join(
                                "\n",
                                diagnostics.stream().map(Diagnostic::toString).toList()));
        };
    }
}
