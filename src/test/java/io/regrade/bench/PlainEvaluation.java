package io.regrade.bench;

import io.regrade.bench.PlainFacts.Fit;
import io.regrade.bench.PlainFacts.Floors;
import io.regrade.fact.Action;
import io.regrade.fact.Benefit;
import io.regrade.fact.Candidate;
import io.regrade.fact.Capacity;
import io.regrade.fact.Choice;
import io.regrade.fact.Configuration;
import io.regrade.fact.Demand;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Instantiation;
import io.regrade.fact.Need;
import io.regrade.fact.Projection;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Target;
import io.regrade.fact.Veto;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.policy.PolicyBundle;
import io.regrade.simulate.MadeToMeasure;
import io.regrade.simulate.Simulation;
import io.regrade.simulate.Simulator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.kie.api.event.rule.DefaultRuleRuntimeEventListener;
import org.kie.api.event.rule.ObjectInsertedEvent;
import org.kie.api.runtime.KieSession;

/** One machine on its way through the phases of {@link PlainDrools}. */
final class PlainEvaluation extends DefaultRuleRuntimeEventListener {

    private static final Resource[] RESOURCES = Resource.values();
    private static final Comparator<Target> CHEAPEST =
            Comparator.comparingDouble(Target::priceUsdHour).thenComparing(Target::id);
    private static final int FIRST_LOOK = 6;
    private static final int WIDEST_LOOK = 12_000;

    private final KieSession session;
    private final PolicyBundle policy;
    private final VmFacts facts;
    private final Capacity stated;
    private final Simulator simulator;
    private final List<Requirement> requirements = new ArrayList<>();
    private final List<Need> needs = new ArrayList<>();
    private final List<Target> fits = new ArrayList<>();
    private final List<Benefit> benefits = new ArrayList<>();
    private final List<Target> vetoed = new ArrayList<>();
    private final List<Choice> choices = new ArrayList<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private Instantiation instantiation;

    PlainEvaluation(KieSession session, PolicyBundle policy, VmFacts given, Target current, Simulator simulator) {
        this.session = session;
        this.policy = policy;
        this.stated = given.vm().capacity();
        this.simulator = simulator;
        Vm vm = current == null ? given.vm() : given.vm().withCapacityFrom(current.capacity());
        this.facts = new VmFacts(vm, given.usage(), given.modules(), given.sla(), given.redundancy());
    }

    @Override
    public void objectInserted(ObjectInsertedEvent event) {
        Object fact = event.getObject();
        if (fact instanceof Requirement requirement) {
            requirements.add(requirement);
        } else if (fact instanceof Need need) {
            needs.add(need);
        } else if (fact instanceof Fit fit) {
            fits.add(fit.target());
        } else if (fact instanceof Benefit benefit) {
            benefits.add(benefit);
        } else if (fact instanceof Veto veto) {
            vetoed.add(veto.target());
        } else if (fact instanceof Choice choice) {
            choices.add(choice);
        }
    }

    Answer decide(EvaluationTime time, List<Target> targets) {
        session.addEventListener(this);
        insert(time, targets);
        fire("require");
        if (choices.isEmpty()) {
            demands();
            fire("needs");
            if (!needs.isEmpty()) {
                fire("constrain");
                match();
            }
            fire("choose");
        }
        Choice choice = choices.get(0);
        double saving = choice.action() == Action.INSTANTIATE ? instantiation.savingUsdMonth() : 0;
        for (Candidate candidate : candidates) {
            saving = candidate.target() == choice.target() ? candidate.savingUsdMonth() : saving;
        }
        return new Answer(choice.action(), choice.target(), saving, List.of(), List.of());
    }

    private void insert(EvaluationTime time, List<Target> targets) {
        session.insert(time);
        policy.limitsFor(facts.vm().environment()).forEach(session::insert);
        session.insert(facts.vm());
        facts.usage().forEach(session::insert);
        facts.redundancy().forEach(session::insert);
        if (facts.sla() != null) {
            session.insert(facts.sla());
        }
        for (SoftwareModule module : facts.modules()) {
            session.insert(module);
            module.requires().forEach(session::insert);
        }
        targets.forEach(session::insert);
    }

    private void demands() {
        double[] floors = Floors.of(requirements).amounts();
        for (Resource resource : RESOURCES) {
            if (!Double.isNaN(floors[resource.ordinal()])) {
                double have = facts.vm().capacity().of(resource);
                session.insert(new Demand(resource, have, floors[resource.ordinal()], ""));
            }
        }
    }

    private void match() {
        Floors floors = Floors.of(requirements).orElse(stated);
        session.insert(floors);
        fire("fit");
        fits.sort(CHEAPEST);
        boolean rebuilt =
                needs.stream().anyMatch(need -> need.attribute().resource() == null && need.isSolvedByMoving());
        Simulation simulation = simulator.of(
                facts, HandLimits.of(policy, facts.vm().environment()).simulation());
        int from = 0;
        int looked = 0;
        for (int look = FIRST_LOOK; candidates.isEmpty() && looked < WIDEST_LOOK && from < fits.size(); look *= 2) {
            List<Projection> fresh = new ArrayList<>();
            for (Target target : fits.subList(from, Math.min(fits.size(), from + look))) {
                if (rebuilt || !isWhereItIs(target)) {
                    fresh.add(simulation.on(target));
                }
            }
            from += look;
            looked += fresh.size();
            fresh.forEach(session::insert);
            fire("match");
            fire("benefit");
            rank(fresh);
        }
        double[] f = floors.amounts();
        Configuration required =
                new Configuration(new Capacity(f[0], f[1], f[2], f[3], f[4], f[5], f[6]), requirements);
        Configuration made = MadeToMeasure.of(
                required, facts, HandLimits.of(policy, facts.vm().environment()).simulation());
        double price = simulator.priceUsdHour(made, facts);
        instantiation = new Instantiation(made, price, simulation.costUsdMonthNow() - price * 730);
        session.insert(instantiation);
        candidates.forEach(session::insert);
    }

    private boolean isWhereItIs(Target target) {
        Vm vm = facts.vm();
        return target.kind() == Target.Kind.CLASS
                && target.type() != null
                && target.type().equals(vm.type())
                && Objects.equals(target.region(), vm.region())
                && Objects.equals(target.cloud(), vm.cloud());
    }

    private void rank(List<Projection> fresh) {
        fresh.removeIf(projection -> vetoed.contains(projection.target()));
        fresh.removeIf(projection -> Double.isNaN(PlainDrools.worth(benefits, projection.target())));
        fresh.sort(Comparator.comparingDouble((Projection p) -> -PlainDrools.worth(benefits, p.target()))
                .thenComparing(Projection::target, CHEAPEST));
        for (Projection projection : fresh) {
            candidates.add(
                    new Candidate(projection, PlainDrools.worth(benefits, projection.target()), candidates.size()));
        }
    }

    private void fire(String phase) {
        session.getAgenda().getAgendaGroup(phase).setFocus();
        session.fireAllRules();
    }
}
