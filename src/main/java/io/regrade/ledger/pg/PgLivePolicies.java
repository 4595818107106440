package io.regrade.ledger.pg;

import io.regrade.ledger.Drafts.Contents;
import io.regrade.ledger.LivePolicies;
import io.regrade.ledger.LivePolicy;
import io.regrade.ledger.LivePolicy.Trial;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What is live of each policy, in PostgreSQL. Thread-safe. */
final class PgLivePolicies implements LivePolicies {

    private static final String PREFIX = "sha256:";
    /** What decided once, or may; a draft that nobody approved is stored, too, and must not. */
    private static final String APPROVED = "(exists (select from policy_version v where v.digest = c.name)"
            + " or exists (select from live_policy p where c.name = any(p.before)"
            + " or c.name in (p.active, p.canary, p.shadow))"
            + " or exists (select from content_month m where m.digest = c.digest and m.month <> 'infinity')"
            + " or exists (select from draft d where d.digest = c.name"
            + " and d.state in ('approved', 'active', 'replaced')))";

    private static final String VERSION = "with c as (select digest, 'sha256:' || encode(digest, 'hex') as name, body"
            + " from content where kind = 'policy' and starts_with(encode(digest, 'hex'), ?))"
            + " select c.name, c.body, coalesce((select max(manifest) from policy_version v where v.digest = c.name),"
            + " (select max(manifest) from draft d where d.digest = c.name)) from c where " + APPROVED + " limit 1";

    private final Readers threads;

    PgLivePolicies(Readers threads) {
        this.threads = threads;
    }

    @Override
    public CompletionStage<List<LivePolicy>> all() {
        return threads.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select name, active, before, canary,"
                            + " canary_share, shadow, shadow_share, on_disk from live_policy order by name");
                    ResultSet row = select.executeQuery()) {
                List<LivePolicy> all = new ArrayList<>();
                while (row.next()) {
                    all.add(new LivePolicy(
                            row.getString("name"),
                            row.getString("active"),
                            List.of((String[]) row.getArray("before").getArray()),
                            trial(row, "canary"),
                            trial(row, "shadow"),
                            row.getString("on_disk")));
                }
                return all;
            }
        });
    }

    private static @Nullable Trial trial(ResultSet row, String column) throws SQLException {
        String digest = row.getString(column);
        return digest == null ? null : new Trial(digest, row.getDouble(column + "_share"));
    }

    @Override
    public CompletionStage<Void> keep(LivePolicy policy, List<Contents> versions) {
        return threads.write(connection -> {
                    for (Contents version : versions) {
                        VersionTable.store(connection, version);
                    }
                    replace(connection, policy);
                    return Optional.empty();
                })
                .thenApply(nothing -> null);
    }

    private static void replace(Connection connection, LivePolicy policy) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("insert into live_policy (name, active, before,"
                + " canary, canary_share, shadow, shadow_share, on_disk) values (?, ?, ?, ?, ?, ?, ?, ?)"
                + " on conflict (name) do update set active = excluded.active, before = excluded.before,"
                + " canary = excluded.canary, canary_share = excluded.canary_share, shadow = excluded.shadow,"
                + " shadow_share = excluded.shadow_share, on_disk = excluded.on_disk, at = now()")) {
            upsert.setString(1, policy.name());
            upsert.setString(2, policy.active());
            Array before = connection.createArrayOf("text", policy.before().toArray());
            upsert.setArray(3, before);
            set(upsert, 4, policy.canary());
            set(upsert, 6, policy.shadow());
            upsert.setString(8, policy.onDisk());
            upsert.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, int at, @Nullable Trial trial) throws SQLException {
        statement.setString(at, trial == null ? null : trial.digest());
        statement.setObject(at + 1, trial == null ? null : trial.share());
    }

    @Override
    public CompletionStage<Optional<Contents>> version(String digest) {
        return threads.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(VERSION)) {
                select.setString(1, digest.substring(Math.min(PREFIX.length(), digest.length())));
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Contents(
                                    row.getString(1), PolicyFiles.of(Bodies.plain(row.getBytes(2))), row.getString(3)))
                            : Optional.empty();
                }
            }
        });
    }
}
