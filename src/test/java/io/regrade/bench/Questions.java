package io.regrade.bench;

import io.regrade.fact.Action;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Kinds of questions, each with values of decisions that are there, so varied as a seed makes them. */
final class Questions {

    private static final double COMMON = 0.1;
    private static final double RARE = 0.003;
    private static final int DAYS = 28;

    /** Values and the share of the decisions that have them. */
    private record Shares(Map<String, Double> values) {

        List<String> between(double low, double high) {
            List<String> found = new ArrayList<>();
            values.forEach((value, share) -> {
                if (share >= low && share <= high) {
                    found.add(value);
                }
            });
            return found.isEmpty() ? List.copyOf(values.keySet()) : found;
        }

        List<String> all() {
            return List.copyOf(values.keySet());
        }
    }

    private final SplittableRandom random;
    private final Map<String, Supplier<Question>> kinds = new LinkedHashMap<>();

    private Questions(SplittableRandom random) {
        this.random = random;
    }

    /** What can be asked of a database of {@link ManyDecisions}. */
    static Questions of(Connection connection, long seed) throws SQLException {
        Questions questions = new Questions(new SplittableRandom(seed));
        try (Statement statement = connection.createStatement()) {
            // One evaluation has every machine: the newest one tells all shares.
            statement.execute("create temporary table newest as select * from decision where evaluation ="
                    + " (select evaluation from decision order by decided_at desc, seq desc limit 1)");
            questions.add(
                    shares(statement, "vm", "newest"),
                    shares(statement, "target", "newest where target is not null"),
                    shares(statement, "owner", "newest where owner is not null"),
                    shares(statement, "t.text", "newest, unnest(rules) r join term t on t.id = r"),
                    shares(
                            statement,
                            "t.text",
                            "(select distinct policy from decision) p join term t on t.id = policy"),
                    shares(statement, "action", "newest"),
                    shares(
                            statement,
                            "replace(evaluation::text, '-', '')",
                            "(select distinct evaluation from decision where decided_at > '2025-07-01') e"),
                    list(statement, "select saving from newest where saving is not null order by saving"));
            statement.execute("drop table newest");
        }
        return questions;
    }

    private static Shares shares(Statement statement, String value, String from) throws SQLException {
        Map<String, Double> shares = new LinkedHashMap<>();
        String sql = "select " + value + ", count(*) * 1.0 / (select count(*) from newest) from " + from
                + " group by 1 order by 2 desc, 1";
        try (ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                shares.put(row.getString(1), row.getDouble(2));
            }
        }
        return new Shares(shares);
    }

    private static List<String> list(Statement statement, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                values.add(row.getString(1));
            }
        }
        return values;
    }

    private void add(
            Shares vms,
            Shares targets,
            Shares owners,
            Shares rules,
            Shares policies,
            Shares actions,
            Shares evaluations,
            List<String> savings) {
        Supplier<Question> all = () -> new Question(Map.of());
        List<String> common = rules.between(COMMON, 1);
        List<String> rare = rules.between(0, RARE);
        List<String> old = policies.all();
        Supplier<String> high = () -> savings.get((int) (savings.size() * (0.995 + 0.005 * random.nextDouble())));
        Supplier<String> middle = () -> savings.get((int) (savings.size() * (0.5 + 0.4 * random.nextDouble())));
        List<String> advice = actions.all().stream()
                .map(ordinal -> Action.values()[Integer.parseInt(ordinal)].key())
                .toList();
        List<String> rareAdvice = advice.subList(advice.size() - 1, advice.size());

        kinds.put("all", all);
        kinds.put("VM", with(all, "vm", vms.all()));
        kinds.put("action", with(all, "action", advice));
        kinds.put("rule, common", with(all, "rule", common));
        kinds.put("rule, rare", with(all, "rule", rare));
        kinds.put("target", with(all, "target", targets.all()));
        kinds.put("owner", with(all, "owner", owners.all()));
        kinds.put("policy", with(all, "policy", old));
        kinds.put("evaluation", with(all, "evaluation", evaluations.all()));
        kinds.put("a day", day(all));
        kinds.put("saving, high", saving(all, high));
        kinds.put("saving, middle", saving(all, middle));
        kinds.put("VM, action", with(kinds.get("VM"), "action", advice));
        kinds.put("VM, saving", saving(kinds.get("VM"), middle));
        kinds.put("VM, rule", with(kinds.get("VM"), "rule", rules.all()));
        kinds.put("action, high saving", saving(kinds.get("action"), high));
        kinds.put("action, a day", day(kinds.get("action")));
        kinds.put("action, target", with(kinds.get("action"), "target", targets.all()));
        kinds.put("owner, rarest action", with(kinds.get("owner"), "action", rareAdvice));
        kinds.put("owner, high saving", saving(kinds.get("owner"), high));
        kinds.put("owner, common rule", with(kinds.get("owner"), "rule", common));
        kinds.put("owner, rare rule", with(kinds.get("owner"), "rule", rare));
        kinds.put("owner, target", with(kinds.get("owner"), "target", targets.all()));
        kinds.put("owner, a day", day(kinds.get("owner")));
        kinds.put("target, common rule", with(kinds.get("target"), "rule", common));
        kinds.put("target, rare rule", with(kinds.get("target"), "rule", rare));
        kinds.put("target, high saving", saving(kinds.get("target"), high));
        kinds.put("rare rule, a day", day(kinds.get("rule, rare")));
        kinds.put("rare rule, high saving", saving(kinds.get("rule, rare"), high));
        kinds.put("common rule, high saving", saving(kinds.get("rule, common"), high));
        kinds.put("policy, action", with(kinds.get("policy"), "action", advice));
        kinds.put("policy, rare rule", with(kinds.get("policy"), "rule", rare));
        kinds.put("policy, high saving", saving(kinds.get("policy"), high));
        kinds.put("evaluation, action", with(kinds.get("evaluation"), "action", advice));
        kinds.put("evaluation, high saving", saving(kinds.get("evaluation"), high));
        kinds.put(
                "owner, action, target, rule, saving",
                saving(with(with(kinds.get("owner, target"), "action", advice), "rule", common), middle));
        kinds.put("VM that is not there", with(all, "vm", List.of("nowhere", "nobody")));
    }

    private Supplier<Question> with(Supplier<Question> question, String name, List<String> values) {
        return () -> question.get().with(name, values.get(random.nextInt(values.size())));
    }

    private static Supplier<Question> saving(Supplier<Question> question, Supplier<String> saving) {
        return () -> question.get().with("min_saving_usd_month", saving.get());
    }

    private Supplier<Question> day(Supplier<Question> question) {
        return () -> {
            LocalDate day = ManyDecisions.FIRST
                    .plusMonths(random.nextInt(ManyDecisions.MONTHS))
                    .plusDays(random.nextInt(DAYS));
            return question.get()
                    .with("from", day.atStartOfDay(ZoneOffset.UTC).toInstant().toString())
                    .with(
                            "until",
                            day.plusDays(1)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant()
                                    .toString());
        };
    }

    /** What each kind is called. */
    List<String> kinds() {
        return List.copyOf(kinds.keySet());
    }

    /** Another question of a kind. */
    Question next(String kind) {
        return kinds.get(kind).get();
    }
}
