package io.regrade.pipeline.impact;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.CanonicalJson;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.decision.FactJson;
import io.regrade.fact.Pricing;
import io.regrade.fact.Target;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.Decisions.Filter;
import io.regrade.ledger.DroppedException;
import io.regrade.ledger.ErasedException;
import io.regrade.ledger.Evidence;
import io.regrade.ledger.InvalidCursorException;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.InventorySnapshot;
import io.regrade.ledger.Page;
import io.regrade.ledger.Recommendations;
import io.regrade.pipeline.CatalogContent;
import io.regrade.pipeline.EvidenceException;
import io.regrade.pipeline.HeldGroups;
import io.regrade.pipeline.PastEvaluations;
import io.regrade.pipeline.ReadyPolicy;
import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Hands out, page by page, everything that machines are decided on, as the lines of {@link FactLines}: of the machines
 * that are held, or of past decisions. Each page can be read by itself, and all of them one after the other. Thread-safe.
 */
public final class ExportFacts {

    private final Inventory inventory;
    private final Decisions decisions;
    private final Recommendations recommendations;

    public ExportFacts(Inventory inventory, Decisions decisions, Recommendations recommendations) {
        this.inventory = inventory;
        this.decisions = decisions;
        this.recommendations = recommendations;
    }

    /**
     * A page.
     *
     * @param lines UTF-8, each line with its end
     * @param next the cursor of the next page, null on the last
     */
    public record Exported(byte[] lines, @Nullable String next) {}

    /**
     * The machines that are held, as they would be decided at a moment.
     *
     * @param active the policy in force, which stands on the first page
     * @param at the moment of the first page; the others have the same
     * @param cursor {@link Exported#next} of the page before, null for the first
     * @param limit machines on a page
     * @throws InvalidCursorException when no page has given out the cursor
     */
    public Exported held(ReadyPolicy active, Instant at, @Nullable String cursor, int limit) {
        InventorySnapshot state = inventory.snapshot();
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 20);
        Instant moment = at;
        String inner = null;
        if (cursor == null) {
            policy(out, active);
            line(out, object().put(FactLines.TOTAL, state.vmCount()));
        } else {
            int dot = cursor.indexOf('.', cursor.indexOf('Z'));
            moment = moment(cursor, dot);
            inner = cursor.substring(dot + 1);
        }
        Page<VmFacts> page = state.vms(inner, limit);
        line(out, object().put(FactLines.TIME, moment.toString()));
        catalog(out, state.targets(), state.pricing());
        for (VmFacts facts : HeldGroups.complete(page.items(), state)) {
            facts(out, CanonicalJson.bytes(FactJson.facts(recommendations.said(facts, moment))), null);
        }
        return new Exported(out.toByteArray(), page.next() == null ? null : moment + "." + page.next());
    }

    private static Instant moment(String cursor, int dot) {
        try {
            return Instant.parse(cursor.substring(0, Math.max(0, dot)));
        } catch (DateTimeException e) {
            throw new InvalidCursorException(cursor);
        }
    }

    /**
     * What past decisions were made on, newest first, each with its own moment and catalogue. What was erased, dropped or
     * damaged is counted.
     *
     * @param active the policy in force, which stands on the first page
     * @param from decided at this moment or later, null for any
     * @param until decided before this moment, null for any
     * @param cursor {@link Exported#next} of the page before, null for the first
     * @param limit decisions on a page
     */
    public CompletionStage<Exported> past(
            ReadyPolicy active, @Nullable Instant from, @Nullable Instant until, @Nullable String cursor, int limit) {
        Past past = new Past();
        CompletionStage<Long> dropped = CompletableFuture.completedFuture(0L);
        if (cursor == null) {
            policy(past.out, active);
            dropped = decisions.dropped(from, until);
        }
        Filter filter = new Filter(null, null, null, null, null, null, null, from, until, null);
        return dropped.thenCompose(number -> {
            if (number > 0) {
                past.unusable("dropped", number);
            }
            return decisions
                    .list(new Decisions.Query(filter, cursor, limit, Detail.NONE))
                    .thenCompose(page -> {
                        CompletionStage<?> chain = CompletableFuture.completedFuture(null);
                        for (ObjectNode one : page.items()) {
                            String id = one.path("id").asText();
                            chain = chain.thenCompose(before ->
                                    decisions.evidence(id).handle((found, failure) -> past.add(id, found, failure)));
                        }
                        return chain.thenApply(done -> new Exported(past.out.toByteArray(), page.next()));
                    });
        });
    }

    /** A page of past decisions in the making; one step after the other, each by whatever thread. */
    private static final class Past {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 20);
        private @Nullable Instant time;
        private @Nullable String catalog;

        boolean add(String id, @Nullable Optional<Evidence> found, @Nullable Throwable failure) {
            if (failure != null) {
                Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                        ? wrapped.getCause()
                        : failure;
                if (cause instanceof ErasedException) {
                    unusable("erased", 1);
                } else if (cause instanceof DroppedException) {
                    unusable("dropped", 1);
                } else {
                    throw new CompletionException(cause);
                }
            } else if (found == null || found.isEmpty()) {
                unusable("dropped", 1); // it went between the list and this look
            } else {
                add(id, found.get());
            }
            return true;
        }

        private void add(String id, Evidence evidence) {
            String digest;
            CatalogContent content;
            try {
                digest = PastEvaluations.check(evidence);
                content = digest.equals(catalog) ? null : CatalogContent.read(evidence.catalog());
            } catch (EvidenceException | IllegalArgumentException e) {
                unusable("damaged", 1);
                return;
            }
            catalog = digest;
            if (content != null) {
                catalog(out, content.targets(), content.pricing());
            }
            if (!evidence.decidedAt().equals(time)) {
                time = evidence.decidedAt();
                line(out, object().put(FactLines.TIME, time.toString()));
            }
            facts(out, evidence.facts(), id);
        }

        void unusable(String why, long number) {
            ObjectNode node = object();
            node.putObject(FactLines.UNUSABLE).put(why, number);
            line(out, node);
        }
    }

    private static void policy(ByteArrayOutputStream out, ReadyPolicy active) {
        ObjectNode node = object();
        ObjectNode files = node.putObject(FactLines.ACTIVE);
        active.bundle().written().forEach(files::put);
        line(out, node);
    }

    private static void catalog(ByteArrayOutputStream out, Collection<Target> targets, Pricing pricing) {
        targets.forEach(target -> line(out, object().set(FactLines.TARGET, FactJson.target(target))));
        line(out, object().set(FactLines.PRICING, FactJson.pricing(pricing)));
    }

    private static void facts(ByteArrayOutputStream out, byte[] canonical, @Nullable String decision) {
        out.writeBytes(("{\"" + FactLines.FACTS + "\":").getBytes(UTF_8));
        out.writeBytes(canonical);
        if (decision != null) {
            out.writeBytes((",\"" + FactLines.DECISION + "\":\"" + decision + "\"").getBytes(UTF_8));
        }
        out.writeBytes("}\n".getBytes(UTF_8));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static void line(ByteArrayOutputStream out, ObjectNode node) {
        out.writeBytes(CanonicalJson.bytes(node));
        out.write('\n');
    }
}
