package io.regrade.engine;

import io.regrade.catalog.Exclusion;
import io.regrade.catalog.NearMiss;
import io.regrade.decision.Decision;
import io.regrade.decision.Decision.Attributed;
import io.regrade.decision.Excluded;
import io.regrade.decision.PolicyRef;
import io.regrade.decision.Rejection;
import io.regrade.decision.Trace;
import io.regrade.engine.Conclusions.From;
import io.regrade.fact.Action;
import io.regrade.fact.Candidate;
import io.regrade.fact.Choice;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Instantiation;
import io.regrade.fact.Need;
import io.regrade.fact.Numbers;
import io.regrade.fact.Projection;
import io.regrade.fact.Target;
import io.regrade.fact.Veto;
import io.regrade.fact.VmFacts;
import io.regrade.policy.PolicyBundle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts what was concluded into one decision that explains itself; what does not depend on order is sorted. */
final class Explanation {

    private static final double HOURS_A_MONTH = 730;

    private final PolicyBundle policy;
    private final VmFacts facts;
    private final EvaluationTime time;
    private final Conclusions concluded;
    private final List<Projection> projections;
    private final List<Candidate> candidates;
    private final List<Exclusion> exclusions;
    private final Origins origins;

    Explanation(
            PolicyBundle policy,
            VmFacts facts,
            EvaluationTime time,
            Conclusions concluded,
            List<Projection> projections,
            List<Candidate> candidates,
            List<Exclusion> exclusions,
            Origins origins) {
        this.policy = policy;
        this.facts = facts;
        this.time = time;
        this.concluded = concluded;
        this.projections = projections;
        this.candidates = candidates;
        this.exclusions = exclusions;
        this.origins = origins;
    }

    Decision decision(@Nullable Instantiation instantiation, List<String> errors) {
        From<Choice> chosen = errors.isEmpty() ? concluded.chosen() : null;
        if (chosen == null && errors.isEmpty()) {
            errors.add(
                    concluded.choices.isEmpty()
                            ? "the policy concluded nothing for this machine"
                            : "the policy chose several things at once: " + choices());
        }
        Choice choice = chosen == null
                ? Choice.keep("it stays as it is, because the policy could not be evaluated")
                : chosen.what();
        Projection projection = projectionOf(choice.target());
        return new Decision(
                "",
                facts.vm(),
                choice.action(),
                choice.why(),
                projection,
                choice.action() == Action.INSTANTIATE ? instantiation : null,
                facts.vm().priceUsdHour() * HOURS_A_MONTH,
                saving(choice, projection, instantiation),
                needs(),
                Outlooks.benefits(concluded, choice.target()),
                projections.size(),
                excluded(),
                rejections(choice),
                new Trace(concluded.firings),
                new PolicyRef(policy.name(), policy.digest()),
                "",
                errors,
                time.at());
    }

    private String choices() {
        return String.join(
                ", ",
                concluded.choices.stream()
                        .map(c -> "`" + c.rule() + "` " + c.what().action().key())
                        .sorted()
                        .distinct()
                        .toList());
    }

    private @Nullable Projection projectionOf(@Nullable Target target) {
        for (Projection projection : projections) {
            if (projection.target() == target) {
                return projection;
            }
        }
        return null;
    }

    private static double saving(
            Choice choice, @Nullable Projection projection, @Nullable Instantiation instantiation) {
        if (projection != null) {
            return projection.savingUsdMonth();
        }
        return choice.action() == Action.INSTANTIATE && instantiation != null ? instantiation.savingUsdMonth() : 0;
    }

    private List<Attributed<Need>> needs() {
        List<Attributed<Need>> needs = new ArrayList<>();
        concluded.needs.forEach(n -> needs.add(new Attributed<>(n.rule(), n.what())));
        needs.sort(Comparator.comparing((Attributed<Need> n) -> n.what().attribute())
                .thenComparing(Attributed::rule)
                .thenComparing(n -> n.what().why()));
        return needs;
    }

    private List<Excluded> excluded() {
        List<Excluded> excluded = new ArrayList<>();
        for (Exclusion exclusion : exclusions) {
            excluded.add(new Excluded(
                    exclusion.constraint(), origins.sourceOf(exclusion.ruledOutBy()), exclusion.targets()));
        }
        return excluded;
    }

    private List<Rejection> rejections(Choice choice) {
        List<Rejection> rejections = new ArrayList<>();
        Candidate best = null;
        for (Candidate candidate : candidates) {
            if (candidate.target() == choice.target()) {
                best = candidate;
            }
        }
        for (Candidate candidate : candidates) {
            if (candidate != best) {
                rejections.add(outbid(candidate, best, choice));
            }
        }
        for (From<Veto> veto : concluded.vetoes) {
            rejections.add(new Rejection(
                    veto.what().target(),
                    veto.rule(),
                    "",
                    veto.what().why(),
                    veto.what().shortBy(),
                    ""));
        }
        rejections.sort(Comparator.comparingDouble((Rejection r) -> r.target().priceUsdHour())
                .thenComparing(r -> r.target().id())
                .thenComparing(Rejection::rule)
                .thenComparing(Rejection::why));
        for (Exclusion exclusion : exclusions) {
            String rule = origins.ruleOf(exclusion.ruledOutBy());
            for (NearMiss miss : exclusion.nearest()) {
                rejections.add(new Rejection(
                        miss.target(), rule, exclusion.constraint(), miss.why(), miss.shortBy(), miss.unit()));
            }
        }
        return rejections;
    }

    private Rejection outbid(Candidate candidate, @Nullable Candidate best, Choice choice) {
        String rule = "";
        for (From<Choice> one : concluded.choices) {
            rule = one.rule();
        }
        double less = best == null ? Double.NaN : best.netUsdMonth() - candidate.netUsdMonth();
        String why = best == null
                ? choice.why()
                : less > 0
                        ? "is worth " + Numbers.dollars(less) + " a month less than "
                                + best.target().id()
                        : "is worth as much as " + best.target().id() + ", which comes first by price and name";
        return new Rejection(candidate.target(), rule, "", why, less, best == null ? "" : "USD/month");
    }
}
