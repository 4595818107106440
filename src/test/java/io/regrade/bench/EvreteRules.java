package io.regrade.bench;

import io.regrade.decision.Firing;
import io.regrade.decision.Phase;
import io.regrade.engine.CompiledRules;
import io.regrade.engine.RuleSession;
import io.regrade.fact.Limit;
import io.regrade.fact.Resource;
import io.regrade.fact.Usage;
import io.regrade.policy.PolicyBundle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.evrete.Configuration;
import org.evrete.KnowledgeService;
import org.evrete.api.Knowledge;
import org.evrete.api.RhsContext;
import org.evrete.api.StatelessSession;
import org.evrete.api.builders.RuleSetBuilder;

/**
 * The standard policy in Evrete's Java API, behind the engine's port: the same phases, facts, conclusions and trace.
 *
 * <p>What differs: Evrete has no agenda groups, so each phase is a knowledge base of its own with a session of its own,
 * into which the facts so far are inserted again. It has no {@code not} and no {@code exists}, so those conditions are
 * asked of an {@link EvreteSummary} that Java makes between the phases. Its tasks run on the calling thread.
 */
final class EvreteRules implements CompiledRules {

    private static final String SINK = "sink";

    private final KnowledgeService service =
            KnowledgeService.builder(quiet()).withExecutor(new SameThread()).build();
    private final Map<Phase, Knowledge> phases = new EnumMap<>(Phase.class);
    private int size;

    EvreteRules(PolicyBundle policy) {
        HandTables tables = new HandTables(policy);
        add(Phase.REQUIRE, rules -> EvreteRequire.rules(rules, tables));
        add(Phase.NEEDS, EvreteNeeds::rules);
        add(Phase.CONSTRAIN, EvreteConstrain::rules);
        add(Phase.MATCH, EvreteTargets::vetoes);
        add(Phase.BENEFIT, EvreteTargets::benefits);
        add(Phase.CHOOSE, EvreteChoose::rules);
    }

    /** Facts that no rule of a phase asks for are passed over without a warning. */
    private static Configuration quiet() {
        Configuration configuration = new Configuration();
        configuration.setProperty(Configuration.WARN_UNKNOWN_TYPES, "false");
        return configuration;
    }

    /** Adds rules to a knowledge base. */
    interface Author {
        void write(RuleSetBuilder<Knowledge> rules);
    }

    private void add(Phase phase, Author author) {
        RuleSetBuilder<Knowledge> rules = service.newKnowledge().builder();
        author.write(rules);
        Knowledge knowledge = rules.build();
        size += knowledge.getRules().size();
        phases.put(phase, knowledge);
    }

    /** Says which of Evrete's two kinds of predicate a lambda is. */
    static Predicate<Object[]> on(Predicate<Object[]> condition) {
        return condition;
    }

    static Predicate<Object[]> limit(String name) {
        return facts -> ((Limit) facts[0]).name().equals(name);
    }

    static Predicate<Object[]> usage(Resource resource) {
        return facts -> ((Usage) facts[0]).resource() == resource;
    }

    /** Concludes a fact from those that were matched under these names. */
    static void conclude(RhsContext context, Object fact, String... matched) {
        List<Object> facts = new ArrayList<>(matched.length);
        for (String name : matched) {
            facts.add(context.getObject(name));
        }
        Sink sink = context.getRuntime().get(SINK);
        List<Object> concluded = new ArrayList<>(2);
        concluded.add(fact);
        sink.firings.add(new Firing(sink.phase, context.getRule().getName(), facts, concluded));
    }

    private record Sink(Phase phase, List<Firing> firings) {}

    @Override
    public RuleSession open() {
        return new Session();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void close() {
        service.shutdown();
    }

    private final class Session implements RuleSession {
        private final List<Object> facts = new ArrayList<>(64);

        @Override
        public void insert(Object fact) {
            facts.add(fact);
        }

        @Override
        public void forget(Object fact) {
            facts.remove(fact);
        }

        @Override
        public List<Firing> fire(Phase phase) {
            Sink sink = new Sink(phase, new ArrayList<>());
            StatelessSession session = phases.get(phase).newStatelessSession();
            session.set(SINK, sink);
            for (Object fact : EvreteSummary.known(phase, facts)) {
                session.insert0(fact, false);
            }
            session.fire();
            sink.firings.forEach(firing -> facts.addAll(firing.concluded()));
            return sink.firings;
        }

        @Override
        public void close() {
            facts.clear();
        }
    }

    /** Runs what it is given at once. */
    private static final class SameThread extends AbstractExecutorService {
        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long time, TimeUnit unit) {
            return true;
        }
    }
}
