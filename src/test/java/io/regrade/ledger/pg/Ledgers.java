package io.regrade.ledger.pg;

import io.regrade.db.DatabaseAddress;
import io.regrade.db.TestPostgres;
import io.regrade.ledger.log.LogKey;
import io.regrade.metrics.RegradeMeters;
import io.regrade.tlog.SigningKey;
import java.security.SecureRandom;
import java.time.Clock;

/** Ledgers for tests. */
public final class Ledgers {

    private static final LogKey KEY = LogKey.of(SigningKey.generate("regrade.test/log", new SecureRandom()));

    private Ledgers() {}

    /** A ledger in a database that has its tables; all of a test run have one key. */
    public static PgLedger open(DatabaseAddress address, RegradeMeters meters) {
        return open(() -> TestPostgres.connect(address), meters);
    }

    /** A ledger over these connections. */
    public static PgLedger open(ConnectionSource source, RegradeMeters meters) {
        return open(source, meters, Clock.systemUTC());
    }

    static PgLedger open(ConnectionSource source, RegradeMeters meters, Clock clock) {
        return PgLedger.open(source, source, 4, KEY, meters, clock);
    }
}
