package io.regrade.pipeline;

import io.regrade.ledger.DraftRun;
import io.regrade.ledger.DraftRun.Stop;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one of Regrade's own commands on files that nobody has approved, apart from this process and within limits.
 * Thread-safe.
 */
public interface DraftWork {

    /**
     * Runs it to its end, or stops it when it takes more than it may.
     *
     * @param progress hears each line of progress, JSON
     * @throws InterruptedException when this thread is interrupted; the work is stopped then
     */
    Outcome run(Task task, Consumer<String> progress) throws InterruptedException;

    /**
     * What is to be run.
     *
     * @param arguments those of the command line, such as {@code policy check --policy draft.tar.gz --format json}
     * @param files by name, all that the command finds in its directory
     * @param input writes what the command reads, null for nothing
     */
    record Task(
            List<String> arguments,
            Map<String, byte[]> files,
            @Nullable Input input) {
        /** Copies the collections. */
        public Task {
            arguments = List.copyOf(arguments);
            files = Map.copyOf(files);
        }
    }

    /** Writes what a command reads from its standard input. */
    @FunctionalInterface
    interface Input {
        void write(OutputStream out) throws IOException;
    }

    /**
     * What it came to.
     *
     * @param state {@link DraftRun.State#PASSED}, {@link DraftRun.State#FAILED} or {@link DraftRun.State#STOPPED}
     * @param result what it told, JSON; null when it told nothing
     * @param stop why it was stopped, null when it was not
     */
    record Outcome(
            DraftRun.State state,
            @Nullable String result,
            @Nullable Stop stop) {}
}
