package io.regrade.bench;

import io.regrade.bench.Competitors.Task;
import io.regrade.bench.Competitors.Way;
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

/** One machine after the other, decided in each way, among so many targets. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecideBenchmark {

    private static final int VMS = 2_000;
    private static final long SEED = 7;

    @Param({"ENGINE", "UNTRACED", "HAND", "EVRETE", "PLAIN"})
    public String way;

    @Param({"200", "2000", "20000"})
    public int targets;

    private Competitors competitors;
    private Task task;
    private World world;
    private int next;

    /** Compiles, and decides each machine once, so that no measurement begins with an empty cache. */
    @Setup
    public void prepare() {
        competitors = new Competitors();
        world = World.of(targets, VMS, SEED);
        task = competitors.task(Way.valueOf(way), world);
        if (!way.equals(Way.PLAIN.name())) {
            world.vms().forEach(facts -> task.decide(facts, world.time()));
        }
    }

    @TearDown
    public void close() {
        competitors.close();
    }

    @Benchmark
    public Object decide() {
        next = next + 1 < VMS ? next + 1 : 0;
        return task.decide(world.vms().get(next), world.time());
    }
}
