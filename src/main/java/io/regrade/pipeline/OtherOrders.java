package io.regrade.pipeline;

import io.regrade.catalog.Catalog;
import io.regrade.decision.Decision;
import io.regrade.engine.RuleCompiler;
import io.regrade.engine.ShuffledRules;
import io.regrade.fact.Pricing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * A policy in orders that nobody promises: with facts inserted in three other orders, and with the rules of each file in
 * the opposite order. A machine that is decided otherwise by one of them is decided by chance. Thread-safe.
 */
public final class OtherOrders implements AutoCloseable {

    private static final int SHUFFLED = 3;

    private final List<ReadyPolicy> policies = new ArrayList<>();
    private final ReadyPolicy reversed;

    private OtherOrders(ReadyPolicy policy, ReadyPolicy reversed) {
        for (int seed = 1; seed <= SHUFFLED; seed++) {
            policies.add(new ReadyPolicy(policy.bundle(), new ShuffledRules(policy.rules(), seed)));
        }
        this.reversed = reversed;
        policies.add(reversed);
    }

    /**
     * Prepares the orders.
     *
     * @param policy which stays the caller's to close, after this
     * @param compiler which compiles the policy once more, with the rules of each file in the opposite order
     */
    public static OtherOrders of(ReadyPolicy policy, RuleCompiler compiler) {
        return new OtherOrders(
                policy,
                ReadyPolicy.of(ReversedRules.of(policy.bundle(), compiler.structure(policy.bundle())), compiler));
    }

    /** One that decides for each order. */
    public List<DecideVm> over(Catalog catalog, Pricing pricing) {
        return policies.stream()
                .map(policy -> new DecideVm(policy, catalog, pricing))
                .toList();
    }

    /** How a decision differs from another of the same machine, in words; empty when it does not. */
    public static String difference(Decision one, Decision other) {
        if (one.action() != other.action()) {
            return "in another order of facts or rules the action is "
                    + other.action().name().toLowerCase(Locale.ROOT) + " instead of "
                    + one.action().name().toLowerCase(Locale.ROOT);
        }
        if (!String.valueOf(one.target()).equals(String.valueOf(other.target()))) {
            return "in another order of facts or rules another target is chosen";
        }
        if (!new TreeSet<>(one.trace().rules())
                .equals(new TreeSet<>(other.trace().rules()))) {
            return "in another order of facts or rules other rules fire";
        }
        return concluded(one).equals(concluded(other))
                ? ""
                : "in another order of facts or rules the same rules conclude something else";
    }

    private static TreeSet<String> concluded(Decision decision) {
        TreeSet<String> all = new TreeSet<>();
        decision.trace()
                .firings()
                .forEach(firing -> firing.concluded().forEach(fact -> all.add(firing.rule() + " " + fact)));
        return all;
    }

    /** The first rule that concluded something in one of two decisions only; empty for none. */
    public static String onlyIn(Decision one, Decision other) {
        TreeSet<String> here = concluded(one);
        TreeSet<String> there = concluded(other);
        TreeSet<String> only = new TreeSet<>(here);
        only.removeAll(there);
        there.removeAll(here);
        only.addAll(there);
        return only.isEmpty() ? "" : only.first().substring(0, only.first().indexOf(' '));
    }

    @Override
    public void close() {
        reversed.close();
    }
}
