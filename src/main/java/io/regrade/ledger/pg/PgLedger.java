package io.regrade.ledger.pg;

import io.regrade.ledger.AuditLog;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.DraftRuns;
import io.regrade.ledger.Drafts;
import io.regrade.ledger.Evaluations;
import io.regrade.ledger.Executions;
import io.regrade.ledger.Instantiations;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.LedgerUnavailableException;
import io.regrade.ledger.LivePolicies;
import io.regrade.ledger.Outcomes;
import io.regrade.ledger.Plans;
import io.regrade.ledger.PolicyHistory;
import io.regrade.ledger.Recommendations;
import io.regrade.ledger.UsageRecords;
import io.regrade.ledger.log.LogKey;
import io.regrade.metrics.RegradeMeters;
import io.regrade.offer.Offers;
import io.regrade.offer.Outbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The ledger in a PostgreSQL database whose tables are there. Thread-safe; closing it writes what waits. */
public final class PgLedger implements AutoCloseable {

    private static final Settings DEFAULT = new Settings(Duration.ofDays(30), Set.of());

    /**
     * What can be chosen.
     *
     * @param expiry how long a recommendation stays open without being advised again
     * @param told the names of webhooks that are told of every offer
     */
    public record Settings(Duration expiry, Set<String> told) {

        /** Copies the set. */
        public Settings {
            told = Set.copyOf(told);
        }
    }

    private final Writer writer;
    private final Learning learning;
    private final Readers readers;
    private final PgDecisions decisions;
    private final PgAuditLog log;
    private final PgInventory inventory;
    private final PgEvaluations evaluations;
    private final PgLivePolicies livePolicies;
    private final PgRecommendations recommendations;
    private final Retention retention;
    private final Renewal renewal;
    private final Completeness completeness;
    private final PgDrafts drafts;
    private final PgDraftRuns runs;
    private final PgPolicyHistory history;
    private final PgPlans plans;
    private final PgOffers offers;
    private final PgOutbox outbox;
    private final PgUsageRecords usage;
    private final PgExecutions executions;
    private final PgOutcomes outcomes;
    private final PgInstantiations instantiations;

    /**
     * Opens it.
     *
     * @param dedicated opens connections that are kept, for the writer
     * @param pool opens connections for short reads
     * @param readers how many may read at a time
     * @param key signs checkpoints
     * @throws LedgerUnavailableException when the database does not answer
     * @throws io.regrade.ledger.log.LogKeyException when the log there is signed with another key
     */
    public static PgLedger open(
            ConnectionSource dedicated,
            ConnectionSource pool,
            int readers,
            LogKey key,
            RegradeMeters meters,
            Clock clock) {
        return open(dedicated, pool, readers, key, meters, clock, DEFAULT);
    }

    /**
     * Opens it.
     *
     * @param settings what can be chosen
     * @see #open(ConnectionSource, ConnectionSource, int, LogKey, RegradeMeters, Clock)
     */
    public static PgLedger open(
            ConnectionSource dedicated,
            ConnectionSource pool,
            int readers,
            LogKey key,
            RegradeMeters meters,
            Clock clock,
            Settings settings) {
        Terms terms = new Terms();
        Dictionaries dictionaries = new Dictionaries();
        Bodies bodies = new Bodies(dictionaries);
        LogTables tables = new LogTables(bodies);
        Learning learning = new Learning(dedicated, dictionaries, bodies);
        Transaction transaction = new Transaction(key, new DecisionTable(terms), tables, learning, clock);
        Writer writer = new Writer(dedicated, transaction, meters);
        Readers queries = new Readers(pool, readers);
        PgInventory inventory;
        PgRecommendations recommendations;
        Heard heard = new Heard();
        try (Connection connection = dedicated.open()) {
            connection.setAutoCommit(false);
            dictionaries.load(connection);
            transaction.begin(connection);
            recommendations = PgRecommendations.open(connection, writer, queries, clock, settings.expiry(), heard);
            inventory = PgInventory.open(pool, new InventoryTables(bodies));
        } catch (SQLException e) {
            queries.close();
            learning.close();
            throw new LedgerUnavailableException("the ledger's database cannot be used: " + e.getMessage(), e);
        }
        meters.gauge(RegradeMeters.LEDGER_WAITING, "Pieces that wait to be recorded", writer::waiting);
        meters.gauge(
                RegradeMeters.LEDGER_LAG, "How long the oldest piece not durable yet has been waiting", writer::lag);
        Completeness completeness = new Completeness(dedicated);
        meters.gauge(
                RegradeMeters.DECISIONS_MISSING,
                "Decisions of the log that are not stored and were not dropped",
                completeness::missing);
        writer.start();
        return new PgLedger(
                writer,
                learning,
                queries,
                new Encoder(bodies),
                new DecisionReader(new Terms(), bodies),
                inventory,
                recommendations,
                tables,
                new Retention(dedicated, key, meters, clock),
                new Renewal(dedicated, dictionaries, bodies),
                completeness,
                key,
                clock,
                settings.told(),
                heard);
    }

    private PgLedger(
            Writer writer,
            Learning learning,
            Readers readers,
            Encoder encoder,
            DecisionReader reader,
            PgInventory inventory,
            PgRecommendations recommendations,
            LogTables tables,
            Retention retention,
            Renewal renewal,
            Completeness completeness,
            LogKey key,
            Clock clock,
            Set<String> told,
            Heard heard) {
        this.writer = writer;
        this.learning = learning;
        this.readers = readers;
        this.decisions = new PgDecisions(writer, encoder, readers, reader, clock);
        this.log = new PgAuditLog(writer, readers, tables, key.vkey(), clock);
        this.inventory = inventory;
        this.recommendations = recommendations;
        this.evaluations = new PgEvaluations(readers);
        this.livePolicies = new PgLivePolicies(readers);
        this.retention = retention;
        this.renewal = renewal;
        this.completeness = completeness;
        renewal.start();
        this.drafts = new PgDrafts(writer, readers, clock);
        this.runs = new PgDraftRuns(readers, clock);
        this.history = new PgPolicyHistory(writer, readers, clock);
        this.plans = new PgPlans(writer, readers, clock);
        this.offers = new PgOffers(writer, readers, clock, told, heard);
        this.outbox = new PgOutbox(readers, clock);
        this.usage = new PgUsageRecords(readers);
        offers.start();
        this.executions = new PgExecutions(writer, readers, clock);
        this.outcomes = new PgOutcomes(writer, readers);
        this.instantiations = new PgInstantiations(writer, readers, clock);
    }

    /** Plans of the whole fleet. */
    public Plans plans() {
        return plans;
    }

    /** Offers of advice. */
    public Offers offers() {
        return offers;
    }

    /** What is still to be told of them. */
    public Outbox outbox() {
        return outbox;
    }

    /** Machines that are made of what servers supply. */
    public Instantiations instantiations() {
        return instantiations;
    }

    /** What became of moves. */
    public Outcomes outcomes() {
        return outcomes;
    }

    /** The jobs that change machines. */
    public Executions executions() {
        return executions;
    }

    /** How long machines were held as what. */
    public UsageRecords usageRecords() {
        return usage;
    }

    /** The decisions. */
    public Decisions decisions() {
        return decisions;
    }

    /** The audit log. */
    public AuditLog log() {
        return log;
    }

    /** The evaluations. */
    public Evaluations evaluations() {
        return evaluations;
    }

    /** What is live of each policy. */
    public LivePolicies livePolicies() {
        return livePolicies;
    }

    /** The recommendations. */
    public Recommendations recommendations() {
        return recommendations;
    }

    /** Drafts of policies. */
    public Drafts drafts() {
        return drafts;
    }

    /** What runs of drafts came to. */
    public DraftRuns runs() {
        return runs;
    }

    /** The versions of policies, and which of them decides. */
    public PolicyHistory history() {
        return history;
    }

    /** The inventory. */
    public Inventory inventory() {
        return inventory;
    }

    /**
     * Drops what is older than the given number of months before the month that it is now; it takes its time.
     *
     * @return how many decisions were dropped
     * @throws LedgerUnavailableException when that is not possible now
     */
    public long keepMonths(int months) {
        return retention.keepMonths(months);
    }

    /** Clears away what servers that ended long ago have left, and looks whether all that was recorded is still there. */
    public void tidy() {
        retention.forgetWriters();
        completeness.count();
    }

    /** Why nothing can be recorded any more; empty when that is not so. */
    public Optional<String> damage() {
        return writer.damage();
    }

    /** Why nothing can be recorded now, for ever or until it heals; empty when all is well. */
    public Optional<String> problem() {
        return writer.damage().or(writer::trouble);
    }

    @Override
    public void close() {
        renewal.close();
        inventory.close();
        recommendations.close();
        offers.close();
        writer.close();
        learning.close();
        readers.close();
    }
}
