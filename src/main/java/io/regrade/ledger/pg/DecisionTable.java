package io.regrade.ledger.pg;

import io.regrade.decision.Decision;
import io.regrade.fact.Target;
import io.regrade.ledger.Asker;
import io.regrade.ledger.Provenance;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Writes decisions with what they were made of. Used by the writer's thread, in its transaction. */
final class DecisionTable {

    private static final List<String> COLUMNS = List.of(
            "decided_at",
            "seq",
            "id",
            "vm",
            "action",
            "target",
            "owner",
            "policy",
            "catalogue",
            "engine",
            "asker",
            "rules",
            "saving",
            "evaluation",
            "recorded_at",
            "facts",
            "dictionary",
            "salt",
            "body");
    private static final List<String> FACTS = List.of("month", "digest", "vm", "dictionary", "body");

    private final Terms terms;
    private final Partitions partitions = new Partitions();
    private final Set<String> storedContents = new HashSet<>();

    DecisionTable(Terms terms) {
        this.terms = terms;
    }

    /**
     * Those decisions that are not stored yet, each once.
     *
     * @param someDropped whether there are decisions that were dropped; they are not stored again
     */
    List<EncodedDecision> fresh(Connection connection, List<EncodedDecision> decisions, boolean someDropped)
            throws SQLException {
        if (decisions.isEmpty()) {
            return decisions;
        }
        Set<UUID> known = new HashSet<>();
        Array ids = connection.createArrayOf(
                "uuid", decisions.stream().map(EncodedDecision::id).toArray());
        Array times = connection.createArrayOf(
                "timestamptz",
                decisions.stream()
                        .map(one -> Timestamp.from(one.decision().decidedAt()))
                        .toArray());
        try (PreparedStatement select = connection.prepareStatement(
                "select d.id from unnest(?, ?) as n (id, at) join decision d on d.id = n.id and d.decided_at = n.at")) {
            select.setArray(1, ids);
            select.setArray(2, times);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    known.add(row.getObject(1, UUID.class));
                }
            }
        }
        if (someDropped) {
            known.addAll(DroppedDecisions.among(
                    connection, decisions.stream().map(EncodedDecision::id).toList()));
        }
        List<EncodedDecision> fresh = new ArrayList<>(decisions.size());
        for (EncodedDecision one : decisions) {
            if (known.add(one.id())) {
                fresh.add(one);
            }
        }
        return fresh;
    }

    /** Stores decisions, the first under the given sequence number. */
    void insert(Connection connection, List<EncodedDecision> decisions, long first, Instant now) throws SQLException {
        Set<LocalDate> months = new HashSet<>();
        for (EncodedDecision one : decisions) {
            months.add(Partitions.month(one.decision().decidedAt()));
        }
        for (LocalDate month : months) {
            partitions.ensure(connection, month);
        }
        insertFacts(connection, decisions);
        BinaryCopy rows = new BinaryCopy("decision", COLUMNS);
        for (int i = 0; i < decisions.size(); i++) {
            row(rows.row(), connection, decisions.get(i), first + i, now);
        }
        rows.send(connection);
    }

    private void row(BinaryCopy row, Connection connection, EncodedDecision one, long seq, Instant now)
            throws SQLException {
        Decision decision = one.decision();
        Provenance made = one.provenance();
        contents(connection, made, Partitions.month(decision.decidedAt()));
        int[] rules = new int[one.rules().size()];
        for (int i = 0; i < rules.length; i++) {
            rules[i] = terms.id(connection, Terms.Kind.RULE, one.rules().get(i));
        }
        Target target = decision.target();
        String evaluation = one.evaluation();
        row.timestamp(decision.decidedAt())
                .bigint(seq)
                .uuid(one.id())
                .text(decision.vm().id())
                .smallint(decision.action().ordinal())
                .text(target == null ? null : target.id())
                .text(decision.vm().owner())
                .integer(terms.id(connection, Terms.Kind.POLICY, made.policy().digest()))
                .integer(terms.id(connection, Terms.Kind.CATALOGUE, made.catalogDigest()))
                .integer(terms.id(connection, Terms.Kind.ENGINE, made.engine()))
                .integer(terms.id(connection, Terms.Kind.ASKER, asker(one.asker())))
                .integers(rules)
                .float8(decision.savingUsdMonth())
                .uuid(evaluation == null ? null : Encoder.uuid(evaluation))
                .timestamp(now)
                .bytea(one.factsDigest())
                .integer(one.body().dictionary())
                .bytea(one.salt())
                .bytea(one.body().bytes());
    }

    /** An asker as one line: how, who and from where. */
    static String asker(Asker asker) {
        return asker.via() + "\t" + (asker.who() == null ? "" : asker.who()) + "\t"
                + (asker.address() == null ? "" : asker.address());
    }

    private void insertFacts(Connection connection, List<EncodedDecision> decisions) throws SQLException {
        Map<LocalDate, Map<String, EncodedDecision>> byMonth = new TreeMap<>();
        for (EncodedDecision one : decisions) {
            byMonth.computeIfAbsent(Partitions.month(one.decision().decidedAt()), month -> new TreeMap<>())
                    .putIfAbsent(one.decision().factsDigest(), one);
        }
        BinaryCopy rows = new BinaryCopy("facts", FACTS);
        for (var entry : byMonth.entrySet()) {
            Map<String, EncodedDecision> missing = entry.getValue();
            Array digests = connection.createArrayOf(
                    "bytea",
                    missing.values().stream().map(EncodedDecision::factsDigest).toArray(byte[][]::new));
            try (PreparedStatement select =
                    connection.prepareStatement("select digest from facts where month = ? and digest = any(?)")) {
                select.setObject(1, entry.getKey());
                select.setArray(2, digests);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        missing.remove("sha256:" + HexFormat.of().formatHex(row.getBytes(1)));
                    }
                }
            }
            for (EncodedDecision one : missing.values()) {
                rows.row()
                        .date(entry.getKey())
                        .bytea(one.factsDigest())
                        .text(one.decision().vm().id())
                        .integer(one.facts().dictionary())
                        .bytea(one.facts().bytes());
            }
        }
        rows.send(connection);
    }

    private void contents(Connection connection, Provenance made, LocalDate month) throws SQLException {
        String policy = made.policy().digest();
        if (!storedContents.contains(policy + month)) {
            content(connection, policy, "policy", PolicyFiles.bytes(made.policyFiles()), month);
            storedContents.add(policy + month);
        }
        String catalogue = made.catalogDigest();
        if (!storedContents.contains(catalogue + month)) {
            content(connection, catalogue, "catalogue", made.catalogContent().get(), month);
            storedContents.add(catalogue + month);
        }
    }

    private static void content(Connection connection, String digest, String kind, byte[] body, LocalDate month)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                        "insert into content (digest, kind, body) values (?, ?, ?) on conflict do nothing");
                PreparedStatement use = connection.prepareStatement(
                        "insert into content_month (digest, month) values (?, ?) on conflict do nothing")) {
            insert.setBytes(1, bytes(digest));
            insert.setString(2, kind);
            insert.setBytes(3, Bodies.compress(body));
            insert.executeUpdate();
            use.setBytes(1, bytes(digest));
            use.setObject(2, month);
            use.executeUpdate();
        }
    }

    /** The bytes of {@code sha256:…}. */
    static byte[] bytes(String digest) {
        return HexFormat.of().parseHex(digest, "sha256:".length(), digest.length());
    }

    /** Forgets what it believes to be stored, after a rollback. */
    void forget() {
        partitions.forget();
        storedContents.clear();
        terms.forget();
    }
}
