package io.regrade.app;

import io.regrade.ledger.DaemonThread;
import io.regrade.ledger.LedgerUnavailableException;
import io.regrade.ledger.pg.PgLedger;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops every hour what is older than it is to be kept, from the start on. */
final class RetentionJob implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionJob.class);

    private final PgLedger ledger;
    private final int months;
    private final ScheduledExecutorService thread = DaemonThread.named("regrade-retention");

    private RetentionJob(PgLedger ledger, int months) {
        this.ledger = ledger;
        this.months = months;
    }

    /** Starts it; with 0 months nothing is dropped. */
    static RetentionJob start(PgLedger ledger, int months) {
        RetentionJob job = new RetentionJob(ledger, months);
        job.thread.scheduleWithFixedDelay(job::run, 0, 1, TimeUnit.HOURS);
        return job;
    }

    private void run() {
        try {
            ledger.tidy();
            if (months > 0) {
                ledger.keepMonths(months);
            }
        } catch (LedgerUnavailableException e) {
            LOG.warn("what is too old could not be dropped, it is tried again in an hour: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("what is too old could not be dropped", e);
        }
    }

    /** Ends it; a month that is being dropped is dropped wholly or not at all. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
