package io.regrade.ledger;

import io.regrade.instantiate.Cover;
import io.regrade.instantiate.ServerOffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Machines that are made of what resource servers supply. Thread-safe; everything fails with {@link
 * LedgerUnavailableException} when the store is away.
 */
public interface Instantiations {

    /**
     * One of them.
     *
     * @param id 32 hexadecimal digits
     * @param vm the machine that it makes
     * @param body what was asked for and what was chosen, JSON
     * @param asker who asked
     * @param begins from when
     * @param ends until when; null for a task, which ends when somebody says so
     * @param releasedAt when its servers were given back, null while it has them
     * @param parts who supplies what
     */
    record Made(
            String id,
            String vm,
            String body,
            String asker,
            Instant begins,
            @Nullable Instant ends,
            @Nullable Instant releasedAt,
            List<Part> parts) {

        /** Copies the list. */
        public Made {
            parts = List.copyOf(parts);
        }
    }

    /**
     * A row of the resource aggregation table.
     *
     * @param vm the machine
     * @param server who supplies
     * @param cloud its cloud, null when unknown
     * @param address where it is reached
     * @param instance the id of what it supplies
     * @param supplies what of its supply the machine takes, JSON
     * @param usdHour what the server costs, US dollars an hour
     */
    record Part(
            String vm,
            String server,
            @Nullable String cloud,
            String address,
            String instance,
            String supplies,
            double usdHour,
            Instant begins,
            @Nullable Instant ends,
            @Nullable Instant releasedAt) {}

    /**
     * What is asked for.
     *
     * @param made without its parts; the body is what was asked for
     * @param choice chooses among the servers that are free; empty when none cover
     * @param body makes the body of what was chosen
     */
    record Request(Made made, Function<List<ServerOffer>, Optional<Cover>> choice, Function<Cover, String> body) {}

    /** Takes the place of all that is offered; a server that supplies something goes on to do so. */
    CompletionStage<Void> offer(List<ServerOffer> offers);

    /** What is offered, those included that supply something already. */
    CompletionStage<List<ServerOffer>> offers();

    /**
     * Chooses among the servers that are free now and takes them, in one transaction with a leaf of the log.
     *
     * @return empty when none cover
     */
    CompletionStage<Optional<Made>> make(Request request);

    /** One of them. */
    CompletionStage<Optional<Made>> byId(String id);

    /** The resource aggregation table, newest first; of one machine when it is named. */
    CompletionStage<List<Part>> aggregation(@Nullable String vm, int limit);

    /** Gives back the servers of one; empty when there is none. Fails with {@link WrongStateException} when that was done. */
    CompletionStage<Optional<Made>> release(String id, Asker by);

    /** Gives back the servers of all whose period is over; how many. */
    CompletionStage<Integer> releaseEnded();
}
