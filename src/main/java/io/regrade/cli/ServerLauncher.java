package io.regrade.cli;

import io.regrade.decision.Decision;
import io.regrade.intake.inventory.Fleet;
import io.regrade.ledger.Provenance;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts the server. */
public interface ServerLauncher {

    /**
     * How to start.
     *
     * @param config the configuration file, null for the defaults
     * @param port the port to listen on, null for the configured one
     * @param data where the server keeps what it stores, null for the configured place
     */
    record Start(
            @Nullable Path config,
            @Nullable Integer port,
            @Nullable Path data) {}

    /** The configuration is wrong; the message is a numbered list of every problem. */
    final class BadConfiguration extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public BadConfiguration(String problems) {
            super(problems);
        }
    }

    /**
     * What a server holds from the start.
     *
     * @param fleet the machines, targets and prices
     * @param decisions what was decided about them, each about a machine of the fleet
     * @param provenance what the decisions were made with
     */
    record Preload(Fleet fleet, List<Decision> decisions, Provenance provenance) {
        /** Copies the list. */
        public Preload {
            decisions = List.copyOf(decisions);
        }
    }

    /** A server that runs. */
    interface Running extends AutoCloseable {

        /** Where it listens, such as {@code http://127.0.0.1:8080}. */
        String address();

        /** Waits until it has stopped, by a signal or {@link #close()}. */
        void awaitStop() throws InterruptedException;

        @Override
        void close();
    }

    /**
     * Where a server finds the key of its log.
     *
     * @param file the key's file
     * @param origin the log's name
     * @param environment may hold the key instead
     */
    record LogKeyPlace(Path file, String origin, Map<String, String> environment) {}

    /**
     * Where a server that were started like this would find the key of its log.
     *
     * @throws BadConfiguration when the configuration is wrong
     */
    LogKeyPlace logKey(Start start);

    /**
     * Starts a server with an empty inventory.
     *
     * @throws BadConfiguration when the configuration is wrong
     */
    Running start(Start start);

    /**
     * Starts a server that already holds a fleet and what was decided about it.
     *
     * @throws BadConfiguration when the configuration is wrong
     */
    Running start(Start start, Preload preload);
}
