package io.regrade.engine;

import io.regrade.catalog.Catalog;
import io.regrade.catalog.Exclusion;
import io.regrade.catalog.Search;
import io.regrade.decision.Decision;
import io.regrade.decision.Firing;
import io.regrade.decision.Phase;
import io.regrade.engine.Conclusions.From;
import io.regrade.fact.Benefit;
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
import java.util.Comparator;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One machine on its way through the phases. Used once, by one thread. */
final class Evaluation {

    private static final double HOURS_A_MONTH = 730;
    /** Targets of the first look; each further look, when rules vetoed all so far, is twice as wide. */
    private static final int FIRST_LOOK = 6;
    /** No more targets than this are looked at one by one. */
    private static final int WIDEST_LOOK = 12_000;

    private static final Comparator<Weighed> BEST_FIRST = Comparator.comparingDouble((Weighed w) -> -w.netUsdMonth)
            .thenComparingDouble(w -> w.projection.target().priceUsdHour())
            .thenComparing(w -> w.projection.target().id());

    private record Weighed(Projection projection, double netUsdMonth) {}

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
    private @Nullable Instantiation instantiation;

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
            concluded.add(failure.firings());
            errors.add(String.valueOf(failure.getMessage()));
        }
        return new Explanation(policy, facts, time, concluded, projections, candidates, exclusions, demands)
                .decision(instantiation, errors);
    }

    private void evaluate() {
        analyse();
        fire(Phase.REQUIRE);
        if (!concluded.choices.isEmpty()) {
            return;
        }
        Demands required = new Demands(facts.vm().capacity(), stated, concluded.requirements);
        demands = required;
        required.facts().forEach(session::insert);
        fire(Phase.NEEDS);
        if (!concluded.needs.isEmpty() && concluded.choices.isEmpty()) {
            fire(Phase.CONSTRAIN);
            required = new Demands(facts.vm().capacity(), stated, concluded.requirements);
            demands = required;
            findTargets(required.configuration(concluded.requirements));
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

    private void findTargets(Configuration required) {
        Simulation simulation = simulator.of(facts, limits.simulation());
        Search search = catalog.search(required);
        boolean rebuilt = changesMoreThanAmounts();
        for (int look = FIRST_LOOK; candidates.isEmpty() && projections.size() < WIDEST_LOOK; look *= 2) {
            long shortlist = watch.begin();
            List<Target> page = search.next(look);
            watch.end("shortlist", shortlist);
            if (page.isEmpty()) {
                break;
            }
            long simulate = watch.begin();
            List<Projection> fresh = new ArrayList<>(page.size());
            for (Target target : page) {
                if (rebuilt || !isWhereItIs(target)) {
                    Projection projection = simulation.on(target);
                    fresh.add(projection);
                    session.insert(projection);
                }
            }
            watch.end("simulate", simulate);
            projections.addAll(fresh);
            fire(Phase.MATCH);
            fire(Phase.BENEFIT);
            rank(fresh);
        }
        exclusions = search.exclusions();
        Configuration made = MadeToMeasure.of(required, facts, limits.simulation());
        double price = simulator.priceUsdHour(made, facts);
        instantiation = new Instantiation(made, price, simulation.costUsdMonthNow() - price * HOURS_A_MONTH);
        session.insert(instantiation);
        candidates.forEach(session::insert);
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

    private void rank(List<Projection> fresh) {
        Map<Target, Double> net = new IdentityHashMap<>();
        // In one order whatever the order of firing was: floating-point sums differ in their last digit otherwise.
        List<From<Benefit>> benefits = new ArrayList<>(concluded.benefits);
        benefits.sort(Comparator.comparingDouble(one -> one.what().worthUsdMonth()));
        for (From<Benefit> one : benefits) {
            net.merge(one.what().target(), one.what().worthUsdMonth(), Double::sum);
        }
        for (From<io.regrade.fact.Veto> one : concluded.vetoes) {
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
        for (int i = 0; i < weighed.size(); i++) {
            candidates.add(
                    new Candidate(weighed.get(i).projection(), weighed.get(i).netUsdMonth(), i));
        }
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

    /** The one thing the rules chose, or null when they chose nothing or several different things. */
    static @Nullable From<Choice> chosen(Conclusions concluded) {
        From<Choice> first = null;
        for (From<Choice> one : concluded.choices) {
            if (first != null
                    && (first.what().action() != one.what().action()
                            || first.what().target() != one.what().target())) {
                return null;
            }
            if (first == null || one.rule().compareTo(first.rule()) < 0) {
                first = one;
            }
        }
        return first;
    }
}
