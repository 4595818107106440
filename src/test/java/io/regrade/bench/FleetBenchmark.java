package io.regrade.bench;

import io.regrade.catalog.Catalog;
import io.regrade.decision.Decision;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.EvaluateFleet;
import io.regrade.pipeline.ReadyPolicy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A whole fleet among 2,000 targets, with ids and digests, on one thread and on two. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class FleetBenchmark {

    @Param({"1000", "10000"})
    public int vms;

    @Param({"1", "2"})
    public int threads;

    @Param("2000")
    public int targets;

    private ReadyPolicy policy;
    private DecideVm decide;
    private World world;

    @Setup
    public void prepare() {
        policy = ReadyPolicy.load(Competitors.STANDARD, new DroolsCompiler());
        world = World.of(targets, vms, 9);
        decide = new DecideVm(policy, Catalog.of(world.targets()), world.pricing());
    }

    @TearDown
    public void close() {
        policy.close();
    }

    @Benchmark
    public List<Decision> evaluate() throws InterruptedException {
        return EvaluateFleet.evaluate(decide, world.vms(), world.time(), threads, done -> {});
    }
}
