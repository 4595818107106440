package io.regrade.pipeline.instantiation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.FactJson;
import io.regrade.fact.Capacity;
import io.regrade.fact.Resource;
import io.regrade.instantiate.CheapestCover;
import io.regrade.instantiate.Cover;
import io.regrade.instantiate.Terms;
import io.regrade.ledger.Asker;
import io.regrade.ledger.DaemonThread;
import io.regrade.ledger.Instantiations;
import io.regrade.ledger.Instantiations.Made;
import io.regrade.ledger.Instantiations.Request;
import io.regrade.ledger.LedgerAnswer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes machines of the cheapest servers that cover what is asked, and gives these back when their time is over. Thread-safe. */
public final class MakeMachines implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MakeMachines.class);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long LOOK_SECONDS = 5;

    private final Instantiations store;
    private final Clock clock;
    private final ScheduledExecutorService thread = DaemonThread.named("regrade-instantiations");

    public MakeMachines(Instantiations store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Begins to give back what is over. */
    public void start() {
        thread.scheduleWithFixedDelay(this::releaseEnded, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void releaseEnded() {
        try {
            int count = LedgerAnswer.await(store.releaseEnded());
            if (count > 0) {
                LOG.info("{} machines were given back, as their time is over", count);
            }
        } catch (RuntimeException e) {
            LOG.debug("nothing can be given back now: {}", e.getMessage());
        }
    }

    /**
     * Makes a machine.
     *
     * @param vm its id
     * @param need what it needs of each resource; what is unknown needs nothing
     * @param period for how long; null for a task, which ends when somebody says so
     * @return empty when no servers that are free cover it within the terms
     */
    public CompletionStage<Optional<Made>> make(
            String vm, Capacity need, Terms terms, @Nullable Duration period, Asker asker) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Made asked = new Made(
                UUID.randomUUID().toString().replace("-", ""),
                vm,
                "",
                asker.name(),
                now,
                period == null ? null : now.plus(period),
                null,
                List.of());
        return store.make(
                new Request(asked, offers -> CheapestCover.of(offers, need, terms), cover -> body(need, terms, cover)));
    }

    private static String body(Capacity need, Terms terms, Cover cover) {
        ObjectNode node = JSON.objectNode();
        ObjectNode configuration = node.putObject("configuration");
        for (Resource resource : Resource.values()) {
            FactJson.rounded(configuration, resource.key(), need.of(resource));
        }
        ObjectNode sla = node.putObject("sla");
        FactJson.rounded(sla, "max_usd_hour", terms.maxUsdHour());
        FactJson.rounded(sla, "min_availability", terms.minAvailability());
        if (!terms.clouds().isEmpty()) {
            terms.clouds().stream().sorted().forEach(sla.putArray("clouds")::add);
        }
        FactJson.rounded(node, "usd_hour", cover.usdHour());
        FactJson.rounded(node, "bound_usd_hour", cover.boundUsdHour());
        node.put("exact", cover.exact());
        FactJson.rounded(node, "availability", cover.availability());
        return node.toString();
    }

    /** What is kept. */
    public Instantiations store() {
        return store;
    }

    @Override
    public void close() {
        DaemonThread.end(thread);
    }
}
