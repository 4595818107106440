package io.regrade.pipeline;

import io.regrade.engine.BreachListener;
import io.regrade.engine.BudgetBreach;
import io.regrade.metrics.RegradeMeters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Counts evaluations that a budget ended, and tells which rules do so repeatedly: several times within an hour.
 * Thread-safe.
 */
public final class RuleHealth implements BreachListener {

    /** So many within {@link #WHILE} make a rule unhealthy. */
    private static final int REPEATEDLY = 3;

    private static final Duration WHILE = Duration.ofHours(1);
    private static final String UNKNOWN = "unknown";

    private record Rule(String policy, String id) implements Comparable<Rule> {
        @Override
        public int compareTo(Rule other) {
            int byPolicy = policy.compareTo(other.policy);
            return byPolicy != 0 ? byPolicy : id.compareTo(other.id);
        }
    }

    private final RegradeMeters meters;
    private final Clock clock;
    private final Map<Rule, Deque<Instant>> breaches = new ConcurrentSkipListMap<>();

    public RuleHealth(RegradeMeters meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        meters.gauge(
                RegradeMeters.RULES_UNHEALTHY,
                "Rules that went over a budget repeatedly within an hour",
                () -> unhealthy().size());
    }

    @Override
    public void exceeded(String policy, BudgetBreach breach) {
        List<String> rules = breach.rules().isEmpty() ? List.of(UNKNOWN) : breach.rules();
        for (String rule : rules) {
            meters.budgetExceeded(policy, rule, breach.kind().key());
            Deque<Instant> last = breaches.computeIfAbsent(new Rule(policy, rule), key -> new ArrayDeque<>());
            synchronized (last) {
                last.addLast(clock.instant());
                if (last.size() > REPEATEDLY) {
                    last.removeFirst();
                }
            }
        }
    }

    /** The rules that went over a budget repeatedly, as {@code policy/rule}. */
    public List<String> unhealthy() {
        Instant since = clock.instant().minus(WHILE);
        List<String> unhealthy = new ArrayList<>();
        breaches.forEach((rule, last) -> {
            synchronized (last) {
                if (last.size() >= REPEATEDLY && last.getFirst().isAfter(since)) {
                    unhealthy.add(rule.policy() + "/" + rule.id());
                }
            }
        });
        return unhealthy;
    }

    /** A sentence about them, empty when there is none. */
    public Optional<String> problem() {
        List<String> rules = unhealthy();
        return rules.isEmpty()
                ? Optional.empty()
                : Optional.of("went over a budget " + REPEATEDLY + " times or more within an hour: `"
                        + String.join("`, `", rules) + "`. Maybe roll back, or mend the rule");
    }
}
