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
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

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
    /** Which facts of those decisions are stored that were looked at last. */
    private final Set<FactsKey> storedFacts = new HashSet<>();

    private record FactsKey(LocalDate month, String digest) {}

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
        Set<UUID> known = known(connection, decisions);
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

    /** Asks in one go which decisions are stored, and notes which facts are. */
    private Set<UUID> known(Connection connection, List<EncodedDecision> decisions) throws SQLException {
        Set<UUID> known = new HashSet<>();
        storedFacts.clear();
        try (PreparedStatement select = connection.prepareStatement(
                "select d.id from unnest(?, ?) as n (id, at) join decision d on d.id = n.id and d.decided_at = n.at;"
                        + "select f.month, f.digest from unnest(?, ?) as n (month, digest) join facts f"
                        + " on f.month = n.month and f.digest = n.digest")) {
            select.setArray(1, array(connection, "uuid", decisions, EncodedDecision::id));
            select.setArray(
                    2,
                    array(
                            connection,
                            "timestamptz",
                            decisions,
                            one -> Timestamp.from(one.decision().decidedAt())));
            select.setArray(3, array(connection, "date", decisions, DecisionTable::month));
            select.setArray(
                    4,
                    connection.createArrayOf(
                            "bytea",
                            decisions.stream().map(EncodedDecision::factsDigest).toArray(byte[][]::new)));
            select.execute();
            try (ResultSet row = select.getResultSet()) {
                while (row.next()) {
                    known.add(row.getObject(1, UUID.class));
                }
            }
            select.getMoreResults();
            try (ResultSet row = select.getResultSet()) {
                while (row.next()) {
                    storedFacts.add(new FactsKey(row.getObject(1, LocalDate.class), hex(row.getBytes(2))));
                }
            }
        }
        return known;
    }

    private static Array array(
            Connection connection,
            String type,
            List<EncodedDecision> decisions,
            Function<EncodedDecision, Object> value)
            throws SQLException {
        return connection.createArrayOf(type, decisions.stream().map(value).toArray());
    }

    private static LocalDate month(EncodedDecision one) {
        return Partitions.month(one.decision().decidedAt());
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    /** Stores what {@link #fresh} gave last, the first under the given sequence number. */
    void insert(Together together, List<EncodedDecision> decisions, long first, Instant now) throws SQLException {
        Connection connection = together.connection();
        Set<LocalDate> months = new HashSet<>();
        decisions.forEach(one -> months.add(month(one)));
        for (LocalDate month : months) {
            partitions.ensure(connection, month);
        }
        insertFacts(together, decisions);
        BinaryCopy rows = new BinaryCopy("decision", COLUMNS);
        for (int i = 0; i < decisions.size(); i++) {
            row(rows.row(), connection, decisions.get(i), first + i, now);
        }
        rows.send(together);
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

    private void insertFacts(Together together, List<EncodedDecision> decisions) throws SQLException {
        BinaryCopy rows = new BinaryCopy("facts", FACTS);
        for (EncodedDecision one : decisions) {
            LocalDate month = month(one);
            if (storedFacts.add(new FactsKey(month, hex(one.factsDigest())))) {
                rows.row()
                        .date(month)
                        .bytea(one.factsDigest())
                        .text(one.decision().vm().id())
                        .integer(one.facts().dictionary())
                        .bytea(one.facts().bytes());
            }
        }
        rows.send(together);
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
