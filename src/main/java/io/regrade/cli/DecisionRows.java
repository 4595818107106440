package io.regrade.cli;

import io.regrade.decision.Decision;
import io.regrade.fact.Action;
import io.regrade.fact.Attribute;
import io.regrade.fact.Need;
import io.regrade.fact.Numbers;
import io.regrade.fact.Target;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Decisions as rows and as totals. */
final class DecisionRows {

    private static final int SHOWN_REASONS = 3;

    private static final Comparator<Decision.Attributed<Need>> MOST_PRESSING_FIRST = Comparator.comparing(
                    (Decision.Attributed<Need> need) -> !need.what().obligation())
            .thenComparing(need -> need.what().direction());

    private DecisionRows() {}

    static Rows of(List<Decision> decisions) {
        Rows rows = new Rows("vm", "now", "usd_month_now", "action", "target", "saving_usd_month", "risk", "reasons");
        for (Decision decision : decisions) {
            rows.add(
                    decision.vm().id(),
                    Objects.requireNonNullElse(decision.vm().type(), "-"),
                    new Rows.Money(Numbers.significant(decision.priceUsdMonthNow())),
                    decision.action().key(),
                    target(decision),
                    new Rows.Money(Numbers.significant(decision.savingUsdMonth())),
                    decision.risk(),
                    reasons(decision));
        }
        return rows;
    }

    private static String target(Decision decision) {
        Target target = decision.target();
        if (target != null) {
            return target.id();
        }
        if (decision.instantiation() != null) {
            var minimum = decision.instantiation().configuration().minimum();
            return "new: " + Numbers.show(minimum.vcpu()) + " vCPU, " + Numbers.show(minimum.memoryGib()) + " GiB";
        }
        return "-";
    }

    private static String reasons(Decision decision) {
        if (!decision.errors().isEmpty()) {
            return "ERROR: " + String.join("; ", decision.errors());
        }
        if (decision.needs().isEmpty()) {
            return decision.why();
        }
        List<String> reasons = decision.needs().stream()
                .sorted(MOST_PRESSING_FIRST)
                .map(need -> brief(need.what()))
                .distinct()
                .toList();
        String first = reasons.stream().limit(SHOWN_REASONS).collect(Collectors.joining(", "));
        String all = reasons.size() > SHOWN_REASONS ? first + " +" + (reasons.size() - SHOWN_REASONS) : first;
        return decision.action() == Action.KEEP ? all + ", but " + decision.why() : all;
    }

    private static String brief(Need need) {
        Attribute attribute = need.attribute();
        String unit =
                attribute.resource() == null ? "" : " " + attribute.resource().unit();
        return attribute.key() + " " + need.from() + " → " + need.to() + unit;
    }

    /** Totals: how many of each action, what is spent, what could be saved. */
    static void totals(List<Decision> decisions, PrintWriter out) {
        Map<Action, List<Decision>> byAction = new EnumMap<>(Action.class);
        decisions.forEach(d ->
                byAction.computeIfAbsent(d.action(), a -> new ArrayList<>()).add(d));
        double spend = sum(decisions, true);
        double saving = sum(decisions, false);
        out.println();
        byAction.forEach((action, list) -> out.printf(
                "%6d %-18s saving %s a month%n", list.size(), action.key(), Numbers.dollars(sum(list, false))));
        out.printf(
                "%6d machines cost %s a month; %s (%s) can be saved%n",
                decisions.size(),
                Numbers.dollars(spend),
                Numbers.dollars(saving),
                Numbers.percent(spend > 0 ? saving / spend : Double.NaN));
        long unpriced = decisions.stream()
                .filter(d -> Double.isNaN(d.priceUsdMonthNow()) || Double.isNaN(d.savingUsdMonth()))
                .count();
        if (unpriced > 0) {
            out.printf("%6d of them have no known price or saving and are not in these sums%n", unpriced);
        }
        contested(decisions, out);
        out.flush();
    }

    /** Each machine is decided for itself: says where several are advised to move to the same few places. */
    private static void contested(List<Decision> decisions, PrintWriter out) {
        Map<Target, Integer> wanted = new IdentityHashMap<>();
        for (Decision decision : decisions) {
            Target target = decision.target();
            if (target != null && target.available() != null) {
                wanted.merge(target, 1, Integer::sum);
            }
        }
        wanted.entrySet().stream()
                .filter(entry -> entry.getKey().available() != null
                        && entry.getValue() > entry.getKey().available())
                .sorted(Comparator.comparing(entry -> entry.getKey().id()))
                .forEach(entry -> out.printf(
                        "%6d are advised to move to %s, which takes %d%n",
                        entry.getValue(), entry.getKey().id(), entry.getKey().available()));
    }

    /** Adds up what is known. */
    private static double sum(List<Decision> decisions, boolean price) {
        return decisions.stream()
                .mapToDouble(d -> price ? d.priceUsdMonthNow() : d.savingUsdMonth())
                .filter(amount -> !Double.isNaN(amount))
                .sum();
    }
}
