package io.regrade.bench;

import io.regrade.catalog.Catalog;
import io.regrade.engine.CompiledRules;
import io.regrade.engine.Evaluator;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.engine.drools.UntracedRules;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyReader;
import io.regrade.simulate.Simulator;
import java.nio.file.Path;

/** The ways to decide that are compared, each made for a world; rules are compiled once. */
final class Competitors implements AutoCloseable {

    static final Path STANDARD = Path.of("rules/standard");

    private final PolicyBundle policy = PolicyReader.read(STANDARD);
    private final PlainDrools plain = new PlainDrools(policy);
    private final CompiledRules untraced = new UntracedRules(policy);
    private final CompiledRules evrete = new EvreteRules(policy);
    private final CompiledRules rules = new DroolsCompiler().compile(policy);

    /** The engine as it is served: traced. */
    Decider engine(World world) {
        Evaluator evaluator = evaluator(world);
        return (facts, time) -> Answer.of(evaluator.evaluate(facts, time));
    }

    /** The engine without its trace. */
    Evaluator untraced(World world) {
        return new Evaluator(policy, untraced, Catalog.of(world.targets()), new Simulator(world.pricing()));
    }

    Evaluator evaluator(World world) {
        return new Evaluator(policy, rules, Catalog.of(world.targets()), new Simulator(world.pricing()));
    }

    Decider handWritten(World world) {
        HandWritten hand = new HandWritten(policy, Catalog.of(world.targets()), new Simulator(world.pricing()));
        return hand::decide;
    }

    /** The engine with Evrete instead of Drools behind the same port. */
    Decider evrete(World world) {
        Evaluator evaluator = evreteEvaluator(world);
        return (facts, time) -> Answer.of(evaluator.evaluate(facts, time));
    }

    Evaluator evreteEvaluator(World world) {
        return new Evaluator(policy, evrete, Catalog.of(world.targets()), new Simulator(world.pricing()));
    }

    /** Drools with every target in every session; it answers what to do, where, and what that saves. */
    Decider plainDrools(World world) {
        Catalog catalog = Catalog.of(world.targets());
        Simulator simulator = new Simulator(world.pricing());
        return (facts, time) ->
                plain.decide(facts, time, world.targets(), catalog.currentClassOf(facts.vm()), simulator);
    }

    @Override
    public void close() {
        untraced.close();
        plain.close();
        evrete.close();
        rules.close();
    }
}
