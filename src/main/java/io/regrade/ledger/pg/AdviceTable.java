package io.regrade.ledger.pg;

import io.regrade.decision.Decision;
import io.regrade.fact.Action;
import io.regrade.ledger.Advice;
import io.regrade.ledger.Recommendation.State;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes recommendations of decisions, in the transaction that stores these. Used by the writer's thread, under the lock of
 * the log's head, so that no two servers do it at once.
 */
final class AdviceTable {

    private static final List<String> COLUMNS = List.of(
            "id",
            "vm",
            "state",
            "action",
            "target",
            "owner",
            "cloud",
            "saving",
            "outcome",
            "body",
            "decision",
            "decided_at",
            "opened_at",
            "confirmed_at",
            "confirmations",
            "version");

    private record Advised(EncodedDecision from, Advice advice) {

        Decision decision() {
            return from.decision();
        }
    }

    /** A recommendation that still counts: one that lives, or a dismissal. */
    private record Held(
            UUID id, String state, byte[] outcome, @Nullable Instant until) {

        boolean lives() {
            return !state.equals(State.DISMISSED.key());
        }
    }

    private record Confirmed(UUID id, Advised by) {}

    private record Closed(UUID id, Advised by, @Nullable UUID next) {}

    private record Opened(UUID id, Advised by) {}

    private AdviceTable() {}

    /** Takes what decisions advise; the later in the list counts where two are for the same moment. */
    static void take(Together together, List<EncodedDecision> decisions, Instant now) throws SQLException {
        Map<String, Advised> newest = new LinkedHashMap<>();
        for (EncodedDecision one : decisions) {
            Advice advice = one.advice();
            if (advice != null) {
                Advised advised = new Advised(one, advice);
                newest.merge(
                        advised.decision().vm().id(),
                        advised,
                        (before, after) -> before.decision()
                                        .decidedAt()
                                        .isAfter(after.decision().decidedAt())
                                ? before
                                : after);
            }
        }
        if (newest.isEmpty()) {
            return;
        }
        Connection connection = together.connection();
        forgetLate(connection, newest);
        Map<String, List<Held>> held = held(connection, newest.keySet());
        List<Confirmed> confirmed = new ArrayList<>();
        List<Closed> closed = new ArrayList<>();
        List<Opened> opened = new ArrayList<>();
        newest.forEach((vm, advised) -> sort(advised, held.getOrDefault(vm, List.of()), confirmed, closed, opened));
        close(connection, closed);
        confirm(connection, confirmed, now);
        open(together, opened, now);
        remember(together, closed, opened, now);
    }

    private static void sort(
            Advised advised, List<Held> held, List<Confirmed> confirmed, List<Closed> closed, List<Opened> opened) {
        Held live = held.stream().filter(Held::lives).findFirst().orElse(null);
        if (live != null && Arrays.equals(live.outcome(), advised.advice().outcome())) {
            confirmed.add(new Confirmed(live.id(), advised));
            return;
        }
        boolean wanted = advised.advice().action() != Action.KEEP && !isDismissed(advised, held);
        UUID next = wanted ? UUID.randomUUID() : null;
        if (live != null) {
            closed.add(new Closed(live.id(), advised, next));
        }
        if (next != null) {
            opened.add(new Opened(next, advised));
        }
    }

    /** Whether just this was dismissed, for longer than until the moment it is advised at again. */
    private static boolean isDismissed(Advised advised, List<Held> held) {
        return held.stream().anyMatch(one -> {
            Instant until = one.until();
            return !one.lives()
                    && until != null
                    && until.isAfter(advised.decision().decidedAt())
                    && Arrays.equals(one.outcome(), advised.advice().outcome());
        });
    }

    /** Takes away what is for an earlier moment than what was advised before, and notes the moment of the others. */
    private static void forgetLate(Connection connection, Map<String, Advised> newest) throws SQLException {
        List<String> vms = new ArrayList<>(newest.keySet());
        Timestamp[] moments = newest.values().stream()
                .map(advised -> Timestamp.from(advised.decision().decidedAt()))
                .toArray(Timestamp[]::new);
        List<String> taken = new ArrayList<>(vms.size());
        try (PreparedStatement upsert = connection.prepareStatement(
                "insert into advised (vm, decided_at) select * from unnest(?::text[], ?::timestamptz[])"
                        + " on conflict (vm) do update set decided_at = excluded.decided_at"
                        + " where excluded.decided_at >= advised.decided_at returning vm")) {
            upsert.setArray(1, connection.createArrayOf("text", vms.toArray()));
            upsert.setArray(2, connection.createArrayOf("timestamptz", moments));
            try (ResultSet row = upsert.executeQuery()) {
                while (row.next()) {
                    taken.add(row.getString(1));
                }
            }
        }
        newest.keySet().retainAll(new java.util.HashSet<>(taken));
    }

    private static Map<String, List<Held>> held(Connection connection, Collection<String> vms) throws SQLException {
        Map<String, List<Held>> held = new HashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement("select vm, id, state, outcome, until from recommendation where vm = any(?)"
                        + " and state in ('open', 'snoozed', 'approved', 'dismissed') and erased is null for update")) {
            select.setArray(1, connection.createArrayOf("text", vms.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Timestamp until = row.getTimestamp(5);
                    held.computeIfAbsent(row.getString(1), vm -> new ArrayList<>())
                            .add(new Held(
                                    row.getObject(2, UUID.class),
                                    row.getString(3),
                                    row.getBytes(4),
                                    until == null ? null : until.toInstant()));
                }
            }
        }
        return held;
    }

    private static void close(Connection connection, List<Closed> closed) throws SQLException {
        if (closed.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(
                "update recommendation r set state = 'superseded', superseded_by = n.next, until = null,"
                        + " version = r.version + 1 from unnest(?::uuid[], ?::uuid[]) as n (id, next) where r.id = n.id")) {
            update.setArray(1, uuids(connection, closed.stream().map(Closed::id).toArray()));
            update.setArray(
                    2, uuids(connection, closed.stream().map(Closed::next).toArray()));
            update.executeUpdate();
        }
    }

    private static void confirm(Connection connection, List<Confirmed> confirmed, Instant now) throws SQLException {
        if (confirmed.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(
                "update recommendation r set decision = n.decision, decided_at = n.decided_at, confirmed_at = ?,"
                        + " confirmations = r.confirmations + 1, saving = n.saving, owner = n.owner, cloud = n.cloud,"
                        + " body = n.body, version = r.version + 1"
                        + " from unnest(?::uuid[], ?::uuid[], ?::timestamptz[], ?::float8[], ?::text[], ?::text[], ?::text[])"
                        + " as n (id, decision, decided_at, saving, owner, cloud, body) where r.id = n.id")) {
            List<Advised> by = confirmed.stream().map(Confirmed::by).toList();
            update.setTimestamp(1, Timestamp.from(now));
            update.setArray(
                    2, uuids(connection, confirmed.stream().map(Confirmed::id).toArray()));
            update.setArray(
                    3, uuids(connection, by.stream().map(one -> one.from().id()).toArray()));
            update.setArray(
                    4,
                    connection.createArrayOf(
                            "timestamptz",
                            by.stream()
                                    .map(one -> Timestamp.from(one.decision().decidedAt()))
                                    .toArray()));
            update.setArray(5, connection.createArrayOf("float8", savings(by)));
            update.setArray(6, texts(connection, by, one -> one.decision().vm().owner()));
            update.setArray(7, texts(connection, by, one -> one.decision().vm().cloud()));
            update.setArray(8, texts(connection, by, one -> one.advice().body()));
            update.executeUpdate();
        }
    }

    private static @Nullable Double[] savings(List<Advised> by) {
        @Nullable Double[] savings = new Double[by.size()];
        for (int i = 0; i < savings.length; i++) {
            double saving = by.get(i).decision().savingUsdMonth();
            savings[i] = Double.isNaN(saving) ? null : Double.valueOf(saving);
        }
        return savings;
    }

    private interface Text {
        @Nullable
        String of(Advised advised);
    }

    private static Array texts(Connection connection, List<Advised> by, Text text) throws SQLException {
        @Nullable String[] texts = new String[by.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = text.of(by.get(i));
        }
        return connection.createArrayOf("text", texts);
    }

    private static Array uuids(Connection connection, @Nullable Object[] ids) throws SQLException {
        return connection.createArrayOf("uuid", ids);
    }

    private static void open(Together together, List<Opened> opened, Instant now) throws SQLException {
        BinaryCopy rows = new BinaryCopy("recommendation", COLUMNS);
        for (Opened one : opened) {
            Decision decision = one.by().decision();
            Advice advice = one.by().advice();
            rows.row()
                    .uuid(one.id())
                    .text(decision.vm().id())
                    .text(State.OPEN.key())
                    .smallint(advice.action().ordinal())
                    .text(advice.target())
                    .text(decision.vm().owner())
                    .text(decision.vm().cloud())
                    .float8(decision.savingUsdMonth())
                    .bytea(advice.outcome())
                    .text(advice.body())
                    .uuid(one.by().from().id())
                    .timestamp(decision.decidedAt())
                    .timestamp(now)
                    .timestamp(now)
                    .integer(0)
                    .bigint(1);
        }
        rows.send(together);
    }

    private static void remember(Together together, List<Closed> closed, List<Opened> opened, Instant now)
            throws SQLException {
        BinaryCopy rows =
                new BinaryCopy("recommendation_event", List.of("recommendation", "at", "what", "by", "decision"));
        closed.forEach(one -> event(
                rows, one.id(), now, State.SUPERSEDED.key(), one.by().from().id()));
        opened.forEach(
                one -> event(rows, one.id(), now, "opened", one.by().from().id()));
        rows.send(together);
    }

    private static void event(BinaryCopy rows, UUID recommendation, Instant now, String what, UUID decision) {
        rows.row().uuid(recommendation).timestamp(now).text(what).text("server").uuid(decision);
    }
}
