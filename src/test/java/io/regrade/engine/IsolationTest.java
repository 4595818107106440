package io.regrade.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.catalog.Catalog;
import io.regrade.decision.CanonicalJson;
import io.regrade.decision.Decision;
import io.regrade.decision.DecisionJson;
import io.regrade.decision.Firing;
import io.regrade.fact.Candidate;
import io.regrade.fact.Demand;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Instantiation;
import io.regrade.fact.Limit;
import io.regrade.fact.Projection;
import io.regrade.fact.Redundancy;
import io.regrade.fact.Requirement;
import io.regrade.fact.Sla;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Usage;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.EvaluateFleet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** With four threads at work, no fact of one machine is ever matched or concluded for another. */
class IsolationTest {

    private static final int THREADS = 4;
    private static final int ROUNDS = 12;

    private final List<VmFacts> machines = new VariedVms(11).machines(500);
    private final Map<Object, String> owners = new IdentityHashMap<>();
    private final Map<Double, String> byProcessors = new HashMap<>();

    IsolationTest() {
        for (VmFacts facts : machines) {
            String id = facts.vm().id();
            facts.usage().forEach(usage -> owners.put(usage, id));
            facts.redundancy().forEach(group -> owners.put(group, id));
            if (facts.sla() != null) {
                owners.put(facts.sla(), id);
            }
            for (SoftwareModule module : facts.modules()) {
                owners.put(module, id);
                module.requires().forEach(stated -> owners.put(stated, id));
            }
            assertThat(byProcessors.put(facts.vm().capacity().vcpu(), id)).isNull();
        }
    }

    @Test
    void factsInTraces_belongToTheMachineThatIsDecided() throws InterruptedException {
        DecideVm decide =
                new DecideVm(Policies.compiledStandard(), Catalog.of(new VariedVms(11).targets()), Policies.RATES);
        List<String> alone = machines.stream()
                .map(vm -> digest(decide.decide(vm, Policies.TIME)))
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            List<Decision> decisions = EvaluateFleet.evaluate(decide, machines, Policies.TIME, THREADS, done -> {});
            for (int i = 0; i < decisions.size(); i++) {
                check(decisions.get(i), machines.get(i).vm().id());
                assertThat(digest(decisions.get(i))).isEqualTo(alone.get(i));
            }
        }
    }

    private static String digest(Decision decision) {
        return CanonicalJson.digest(DecisionJson.decision(decision, DecisionJson.Detail.FULL));
    }

    private void check(Decision decision, String id) {
        assertThat(decision.vm().id()).isEqualTo(id);
        Set<Object> own = Collections.newSetFromMap(new IdentityHashMap<>());
        decision.trace().firings().forEach(firing -> own.addAll(firing.concluded()));
        for (Firing firing : decision.trace().firings()) {
            for (Collection<Object> facts : List.of(firing.matched(), firing.concluded())) {
                for (Object fact : facts) {
                    assertThat(belongs(fact, decision, id, own))
                            .as("%s in `%s` of %s", fact, firing.rule(), id)
                            .isTrue();
                }
            }
        }
    }

    private boolean belongs(Object fact, Decision decision, String id, Set<Object> own) {
        if (fact instanceof Vm vm) {
            return vm.id().equals(id);
        } else if (fact instanceof Usage
                || fact instanceof Sla
                || fact instanceof SoftwareModule
                || fact instanceof Redundancy) {
            return id.equals(owners.get(fact));
        } else if (fact instanceof Requirement) {
            return own.contains(fact) || id.equals(owners.get(fact));
        } else if (fact instanceof Demand demand) {
            return Double.valueOf(demand.have()).equals(decision.vm().capacity().of(demand.resource()));
        } else if (fact instanceof Projection projection) {
            return projected(projection, decision, id);
        } else if (fact instanceof Candidate candidate) {
            return projected(candidate.projection(), decision, id);
        } else if (fact instanceof Limit || fact instanceof EvaluationTime || fact instanceof String) {
            return true; // those of its environment, the one moment, and the features listed by the machine itself
        } else if (fact instanceof Instantiation) {
            return decision.instantiation() == null || decision.instantiation() == fact;
        }
        return own.contains(fact); // what is neither given nor worked out was concluded in this very trace
    }

    /** The processors that a move would free tell whose projection it is, since no two machines have as many. */
    private static boolean projected(Projection projection, Decision decision, String id) {
        double freed =
                decision.vm().capacity().vcpu() - projection.target().capacity().vcpu();
        return projection.freedVcpu() == freed && decision.vm().id().equals(id);
    }
}
