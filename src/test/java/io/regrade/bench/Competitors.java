package io.regrade.bench;

import io.regrade.catalog.Catalog;
import io.regrade.decision.Decision;
import io.regrade.engine.CompiledRules;
import io.regrade.engine.Evaluator;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.engine.drools.UntracedRules;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.VmFacts;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyReader;
import io.regrade.simulate.Simulator;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** The ways to decide that are compared, made for one world after the other; rules are compiled when first asked for. */
final class Competitors implements AutoCloseable {

    static final Path STANDARD = Path.of("rules/standard");

    /** One way to decide. */
    enum Way {
        /** The engine as it is served. */
        ENGINE("engine, traced"),
        /** The engine without the firings of its trace. */
        UNTRACED("engine, trace off"),
        /** The same policy written in Java. */
        HAND("hand-written Java"),
        /** The engine with Evrete instead of Drools behind the same port. */
        EVRETE("Evrete"),
        /** Drools with every target as a fact in every session. */
        PLAIN("plain Drools");

        private final String label;

        Way(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /** Decides a machine; what comes out differs by way. */
    @FunctionalInterface
    interface Task {
        Object decide(VmFacts facts, EvaluationTime time);
    }

    private final PolicyBundle policy = PolicyReader.read(STANDARD);
    private final Map<Way, AutoCloseable> compiled = new EnumMap<>(Way.class);

    /** A way to decide the machines of a world. */
    Task task(Way way, World world) {
        Catalog catalog = Catalog.of(world.targets());
        Simulator simulator = new Simulator(world.pricing());
        return switch (way) {
            case HAND -> new HandWritten(policy, catalog, simulator)::decide;
            case PLAIN -> {
                PlainDrools plain = (PlainDrools) compiled(way);
                yield (facts, time) ->
                        plain.decide(facts, time, world.targets(), catalog.currentClassOf(facts.vm()), simulator);
            }
            default -> new Evaluator(policy, (CompiledRules) compiled(way), catalog, simulator)::evaluate;
        };
    }

    /** The same, answering in one form that can be compared. */
    Decider decider(Way way, World world) {
        Task task = task(way, world);
        return (facts, time) -> {
            Object answer = task.decide(facts, time);
            return answer instanceof Decision decision ? Answer.of(decision) : (Answer) answer;
        };
    }

    private AutoCloseable compiled(Way way) {
        return compiled.computeIfAbsent(way, key -> switch (key) {
            case ENGINE -> new DroolsCompiler().compile(policy);
            case UNTRACED -> new UntracedRules(policy);
            case EVRETE -> new EvreteRules(policy);
            case PLAIN -> new PlainDrools(policy);
            case HAND -> () -> {};
        });
    }

    @Override
    public void close() {
        for (AutoCloseable one : compiled.values()) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IllegalStateException("rules could not be closed", e);
            }
        }
    }
}
