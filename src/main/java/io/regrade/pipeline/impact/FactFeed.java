package io.regrade.pipeline.impact;

import io.regrade.pipeline.DraftWork;
import io.regrade.pipeline.MeasuredOver;
import io.regrade.pipeline.Policies;
import io.regrade.pipeline.PolicyLease;
import io.regrade.pipeline.impact.ExportFacts.Exported;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Feeds a process that measures a draft with what this server decides on, page by page. Thread-safe. */
public final class FactFeed implements MeasuredOver.Feed {

    private static final int PAGE = 500;

    private final ExportFacts export;
    private final Policies policies;
    private final Clock clock;

    /** What is held or was decided here. */
    public FactFeed(ExportFacts export, Policies policies, Clock clock) {
        this.export = export;
        this.policies = policies;
        this.clock = clock;
    }

    @Override
    public DraftWork.Input facts(String policy, MeasuredOver over) {
        policies.find(policy);
        return out -> feed(policy, over, out);
    }

    private void feed(String policy, MeasuredOver over, OutputStream out) throws IOException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        try (PolicyLease active = policies.lease(policy)) {
            String cursor = null;
            do {
                Exported page = page(active, over, now, cursor);
                out.write(page.lines());
                cursor = page.next();
            } while (cursor != null);
        }
    }

    private Exported page(PolicyLease active, MeasuredOver over, Instant now, @Nullable String cursor) {
        return over.decisions()
                ? export.past(active.policy(), over.from(), over.until(), cursor, PAGE)
                        .toCompletableFuture()
                        .join()
                : export.held(active.policy(), now, cursor, PAGE);
    }
}
