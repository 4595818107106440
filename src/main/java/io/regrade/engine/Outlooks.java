package io.regrade.engine;

import io.regrade.decision.Decision.Attributed;
import io.regrade.engine.Conclusions.From;
import io.regrade.engine.Examination.Outlook;
import io.regrade.fact.Benefit;
import io.regrade.fact.Candidate;
import io.regrade.fact.Projection;
import io.regrade.fact.Target;
import io.regrade.fact.Veto;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was worked out about single targets of one evaluation. */
final class Outlooks {

    static final Comparator<Weighed> BEST_FIRST = Comparator.comparingDouble((Weighed w) -> -w.netUsdMonth)
            .thenComparingDouble(w -> w.projection.target().priceUsdHour())
            .thenComparing(w -> w.projection.target().id());

    /** A target with the worth of its benefits. */
    record Weighed(Projection projection, double netUsdMonth) {}

    private final Conclusions concluded;
    private final List<Projection> projections;
    private final List<Candidate> candidates;

    Outlooks(Conclusions concluded, List<Projection> projections, List<Candidate> candidates) {
        this.concluded = concluded;
        this.projections = projections;
        this.candidates = candidates;
    }

    /** The worth of all benefits of each target, US dollars a month. */
    static Map<Target, Double> net(List<From<Benefit>> concluded) {
        Map<Target, Double> net = new IdentityHashMap<>();
        // In one order whatever the order of firing was: floating-point sums differ in their last digit otherwise.
        List<From<Benefit>> benefits = new ArrayList<>(concluded);
        benefits.sort(Comparator.comparingDouble(one -> one.what().worthUsdMonth()));
        for (From<Benefit> one : benefits) {
            net.merge(one.what().target(), one.what().worthUsdMonth(), Double::sum);
        }
        return net;
    }

    /** Those of the targets that no rule vetoed, best first. */
    static List<Weighed> weigh(Conclusions concluded, List<Projection> fresh) {
        Map<Target, Double> net = net(concluded.benefits);
        for (From<Veto> one : concluded.vetoes) {
            net.put(one.what().target(), Double.NaN);
        }
        List<Weighed> weighed = new ArrayList<>(fresh.size());
        for (Projection projection : fresh) {
            double worth = net.getOrDefault(projection.target(), 0.0);
            if (!Double.isNaN(worth)) {
                weighed.add(new Weighed(projection, worth));
            }
        }
        weighed.sort(BEST_FIRST);
        return weighed;
    }

    /** What a target brings, each with its rule, in a fixed order. */
    static List<Attributed<Benefit>> benefits(Conclusions concluded, @Nullable Target target) {
        List<Attributed<Benefit>> benefits = new ArrayList<>();
        if (target != null) {
            for (From<Benefit> one : concluded.benefits) {
                if (one.what().target() == target) {
                    benefits.add(new Attributed<>(one.rule(), one.what()));
                }
            }
        }
        benefits.sort(Comparator.comparing((Attributed<Benefit> b) -> b.what().kind())
                .thenComparing(b -> b.what().unit())
                .thenComparing(Attributed::rule)
                .thenComparingDouble(b -> b.what().amount()));
        return benefits;
    }

    boolean isKnown(Target target) {
        return projectionOf(target) != null;
    }

    List<Attributed<Veto>> vetoes(Target target) {
        List<Attributed<Veto>> vetoes = new ArrayList<>();
        for (From<Veto> one : concluded.vetoes) {
            if (one.what().target() == target) {
                vetoes.add(new Attributed<>(one.rule(), one.what()));
            }
        }
        vetoes.sort(Comparator.comparing((Attributed<Veto> v) -> v.rule())
                .thenComparing(v -> v.what().why()));
        return vetoes;
    }

    /** What a target would bring, null when it was not looked at, or is none. */
    @Nullable
    Outlook of(@Nullable Target target) {
        Projection projection = target == null ? null : projectionOf(target);
        if (target == null || projection == null) {
            return null;
        }
        Weighed weighed = new Weighed(projection, net(concluded.benefits).getOrDefault(target, 0.0));
        int better = 0;
        for (Candidate candidate : candidates) {
            if (candidate.target() != target
                    && BEST_FIRST.compare(new Weighed(candidate.projection(), candidate.netUsdMonth()), weighed) < 0) {
                better++;
            }
        }
        return new Outlook(projection, weighed.netUsdMonth, better, benefits(concluded, target));
    }

    private @Nullable Projection projectionOf(Target target) {
        for (Projection projection : projections) {
            if (projection.target() == target) {
                return projection;
            }
        }
        return null;
    }
}
