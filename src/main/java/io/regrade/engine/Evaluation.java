package io.regrade.engine;

import io.regrade.catalog.Catalog;
import io.regrade.catalog.Exclusion;
import io.regrade.catalog.Search;
import io.regrade.decision.Decision;
import io.regrade.decision.Firing;
import io.regrade.decision.Phase;
import io.regrade.engine.Conclusions.From;
import io.regrade.engine.Examination.Missed;
import io.regrade.engine.Examination.Outlook;
import io.regrade.engine.Examination.Stage;
import io.regrade.engine.Outlooks.Weighed;
import io.regrade.fact.Action;
import io.regrade.fact.Candidate;
import io.regrade.fact.Capacity;
import io.regrade.fact.Choice;
import io.regrade.fact.Configuration;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Instantiation;
import io.regrade.fact.Projection;
import io.regrade.fact.Requirement;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Target;
import io.regrade.fact.VmFacts;
import io.regrade.policy.PolicyBundle;
import io.regrade.simulate.MadeToMeasure;
import io.regrade.simulate.Simulation;
import io.regrade.simulate.Simulator;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One machine on its way through the phases. Used once, by one thread. */
final class Evaluation {

    private static final double HOURS_A_MONTH = 730;
    /** Targets of the first look; each further look, when rules vetoed all so far, is twice as wide. */
    private static final int FIRST_LOOK = 6;
    /** Targets of a further look for alternatives. */
    private static final int NEXT_LOOK = 20;
    /** No more targets than this are looked at one by one. */
    private static final int WIDEST_LOOK = 12_000;

    private final PolicyBundle policy;
    private final PhaseLimits limits;
    private final RuleSession session;
    private final Catalog catalog;
    private final Simulator simulator;
    private final VmFacts facts;
    private final Capacity stated;
    private final EvaluationTime time;
    private final PhaseWatch watch;
    private final Set<Phase> begun = EnumSet.noneOf(Phase.class);
    private final Conclusions concluded = new Conclusions();
    private final List<Projection> projections = new ArrayList<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private List<Exclusion> exclusions = List.of();
    private @Nullable Demands demands;
    private @Nullable Configuration required;
    private @Nullable Search search;
    private @Nullable Instantiation instantiation;
    private boolean failed;

    Evaluation(
            PolicyBundle policy,
            PhaseLimits limits,
            RuleSession session,
            Catalog catalog,
            Simulator simulator,
            VmFacts facts,
            Capacity stated,
            EvaluationTime time,
            PhaseWatch watch) {
        this.policy = policy;
        this.limits = limits;
        this.session = session;
        this.catalog = catalog;
        this.simulator = simulator;
        this.facts = facts;
        this.stated = stated;
        this.time = time;
        this.watch = watch;
    }

    Decision decide() {
        List<String> errors = new ArrayList<>();
        try {
            evaluate();
        } catch (RuleFailure failure) {
            failed = true;
            concluded.add(failure.firings());
            errors.add(String.valueOf(failure.getMessage()));
        }
        return explanation().decision(instantiation, errors);
    }

    private Explanation explanation() {
        return new Explanation(
                policy, facts, time, concluded, projections, candidates, exclusions, new Origins(concluded, demands));
    }

    /**
     * Decides, and then looks at one target as it would be looked at had the search led there: the same constraints, the
     * same simulation, the same rules, in the same working memory.
     *
     * @param target of this catalogue
     */
    Examination examine(Target target) {
        Decision decision = decide();
        Outlooks outlooks = new Outlooks(concluded, projections, candidates);
        Outlook chosen = outlooks.of(decision.target());
        int left = candidates.size();
        boolean current = !changesMoreThanAmounts() && isWhereItIs(target);
        Stage stage = failed ? Stage.FAILED : search == null ? Stage.NOT_SEARCHED : Stage.SEARCHED;
        List<Missed> missed = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        if (failed) {
            errors.addAll(decision.errors());
        } else if (outlooks.isKnown(target)) {
            stage = Stage.CONSIDERED;
        } else {
            try {
                Configuration asked = requiredAnyway();
                Origins origins = new Origins(concluded, demands);
                Catalog.missed(asked, target).forEach(one -> missed.addAll(origins.all(one, target)));
                look(List.of(target), simulator.of(facts, limits.simulation()));
            } catch (RuleFailure failure) {
                errors.add(String.valueOf(failure.getMessage()));
            }
        }
        return new Examination(
                decision,
                target,
                stage,
                current,
                missed,
                outlooks.vetoes(target),
                outlooks.of(target),
                chosen,
                left,
                errors);
    }

    /**
     * Decides, and then takes away what the rules chose and has them choose again, in the same working memory, until they would
     * not move it any more.
     */
    Alternatives alternatives(int most) {
        Decision decision = decide();
        List<Alternative> ranked = new ArrayList<>();
        From<Choice> chosen = concluded.chosen();
        List<Candidate> left = new ArrayList<>(candidates);
        while (!failed && chosen != null && chosen.what().action() == Action.RECLASSIFY) {
            Target target = chosen.what().target();
            Candidate taken = left.stream()
                    .filter(candidate -> candidate.target() == target)
                    .findFirst()
                    .orElseThrow();
            ranked.add(new Alternative(chosen.rule(), chosen.what().why(), taken.projection(), taken.netUsdMonth()));
            if (ranked.size() == most) {
                break;
            }
            left.remove(taken);
            session.forget(taken);
            chosen = chosenOf(left);
        }
        return new Alternatives(decision, ranked);
    }

    /** What the rules choose of the candidates that are left, and of the next targets when none is; null when they fail. */
    private @Nullable From<Choice> chosenOf(List<Candidate> left) {
        try {
            Search found = Objects.requireNonNull(search);
            while (left.isEmpty() && projections.size() < WIDEST_LOOK) {
                int known = candidates.size();
                if (!widen(found, NEXT_LOOK, simulator.of(facts, limits.simulation()))) {
                    break;
                }
                left.addAll(candidates.subList(known, candidates.size()));
                left.forEach(session::insert);
            }
            Conclusions again = new Conclusions();
            again.add(session.fire(Phase.CHOOSE));
            return again.chosen();
        } catch (RuleFailure failure) {
            return null;
        }
    }

    /** All targets that support what is required, cheapest first; none when it is decided without looking for any. */
    List<Target> supporting() {
        decide();
        return search == null || required == null
                ? List.of()
                : catalog.search(required).next(catalog.size());
    }

    /** What is required of a target, also when it was decided before that was asked. */
    private Configuration requiredAnyway() {
        Configuration known = required;
        if (known != null) {
            return known;
        }
        if (demands == null) {
            demands = new Demands(facts.vm().capacity(), stated, concluded.requirements);
            demands.facts().forEach(session::insert);
        }
        for (Phase phase : List.of(Phase.NEEDS, Phase.CONSTRAIN)) {
            if (!begun.contains(phase)) {
                fire(phase);
            }
        }
        demands = new Demands(facts.vm().capacity(), stated, concluded.requirements);
        return demands.configuration(concluded.requirements);
    }

    private void evaluate() {
        analyse();
        fire(Phase.REQUIRE);
        if (!concluded.choices.isEmpty()) {
            return;
        }
        Demands known = new Demands(facts.vm().capacity(), stated, concluded.requirements);
        demands = known;
        known.facts().forEach(session::insert);
        fire(Phase.NEEDS);
        if (!concluded.needs.isEmpty() && concluded.choices.isEmpty()) {
            fire(Phase.CONSTRAIN);
            known = new Demands(facts.vm().capacity(), stated, concluded.requirements);
            demands = known;
            findTargets(known.configuration(concluded.requirements));
        }
        if (concluded.choices.isEmpty()) {
            fire(Phase.CHOOSE);
        }
    }

    private void analyse() {
        session.insert(time);
        session.insert(facts.vm());
        facts.usage().forEach(session::insert);
        facts.redundancy().forEach(session::insert);
        facts.dismissals().forEach(session::insert);
        if (facts.counterOffer() != null) {
            session.insert(facts.counterOffer());
        }
        if (facts.sla() != null) {
            session.insert(facts.sla());
        }
        for (SoftwareModule module : facts.modules()) {
            session.insert(module);
            for (Requirement stated : module.requires()) {
                session.insert(stated);
                concluded.requirements.add(new From<>("", stated));
            }
        }
    }

    private void findTargets(Configuration asked) {
        Simulation simulation = simulator.of(facts, limits.simulation());
        Search found = catalog.search(asked);
        required = asked;
        search = found;
        for (int look = FIRST_LOOK; candidates.isEmpty() && projections.size() < WIDEST_LOOK; look *= 2) {
            if (!widen(found, look, simulation)) {
                break;
            }
        }
        exclusions = found.exclusions();
        Configuration made = MadeToMeasure.of(asked, facts, limits.simulation());
        double price = simulator.priceUsdHour(made, facts);
        instantiation = new Instantiation(made, price, simulation.costUsdMonthNow() - price * HOURS_A_MONTH);
        session.insert(instantiation);
        candidates.forEach(session::insert);
    }

    /** Looks at further targets, and ranks those that no rule vetoes behind all before; false when there are none. */
    private boolean widen(Search found, int look, Simulation simulation) {
        long shortlist = watch.begin();
        List<Target> page = found.next(look);
        watch.end("shortlist", shortlist);
        if (page.isEmpty()) {
            return false;
        }
        List<Projection> fresh = look(changesMoreThanAmounts() ? page : elsewhere(page), simulation);
        for (Weighed one : Outlooks.weigh(concluded, fresh)) {
            candidates.add(new Candidate(one.projection(), one.netUsdMonth(), candidates.size()));
        }
        return true;
    }

    /** Projects targets, and has the rules judge them. */
    private List<Projection> look(List<Target> targets, Simulation simulation) {
        long simulate = watch.begin();
        List<Projection> fresh = new ArrayList<>(targets.size());
        for (Target target : targets) {
            Projection projection = simulation.on(target);
            fresh.add(projection);
            session.insert(projection);
        }
        watch.end("simulate", simulate);
        projections.addAll(fresh);
        fire(Phase.MATCH);
        fire(Phase.BENEFIT);
        return fresh;
    }

    private List<Target> elsewhere(List<Target> page) {
        return page.stream().filter(target -> !isWhereItIs(target)).toList();
    }

    /** Whether a new machine of the same class would bring what is needed, such as a newer operating system. */
    private boolean changesMoreThanAmounts() {
        return concluded.needs.stream()
                .map(From::what)
                .anyMatch(need -> need.attribute().resource() == null && need.isSolvedByMoving());
    }

    private boolean isWhereItIs(Target target) {
        return target.kind() == Target.Kind.CLASS
                && target.type() != null
                && target.type().equals(facts.vm().type())
                && String.valueOf(target.region())
                        .equals(String.valueOf(facts.vm().region()))
                && String.valueOf(target.cloud())
                        .equals(String.valueOf(facts.vm().cloud()));
    }

    private void fire(Phase phase) {
        long mark = watch.begin();
        if (begun.add(phase)) {
            limits.first(phase).forEach(session::insert);
        }
        List<Firing> firings = session.fire(phase);
        watch.end(phase.key(), mark);
        concluded.add(firings);
    }
}
