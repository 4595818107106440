package io.regrade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.bench.Competitors.Way;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.VmFacts;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.inventory.FleetReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** All competitors of the benchmark answer alike, so that what is compared is only how. */
class EqualAnswersTest {

    private static Competitors competitors;

    @BeforeAll
    static void compile() {
        competitors = new Competitors();
    }

    @AfterAll
    static void close() {
        competitors.close();
    }

    @Test
    void handWrittenJava_answersLikeTheEngine() {
        World world = World.of(600, 4_000, 5);
        assertEqual(
                world.vms(),
                world.time(),
                competitors.decider(Way.ENGINE, world),
                competitors.decider(Way.HAND, world));
    }

    @Test
    void handWrittenJava_answersLikeTheEngineOnARealFleet() {
        Path fleet = Path.of(System.getProperty("regrade.fleets", "../shared/data/fleets"), "bitbrains-faststorage");
        Assumptions.assumeTrue(Files.isDirectory(fleet), "the real fleets are not there");
        Fleet read = new FleetReader().read(fleet);
        World world = new World(read.targets(), read.vms(), read.pricing(), World.TIME);
        assertEqual(
                world.vms(),
                world.time(),
                competitors.decider(Way.ENGINE, world),
                competitors.decider(Way.HAND, world));
    }

    @Test
    void evrete_answersLikeTheEngine() {
        World world = World.of(600, 500, 6);
        assertEqual(
                world.vms(),
                world.time(),
                competitors.decider(Way.ENGINE, world),
                competitors.decider(Way.EVRETE, world));
    }

    @Test
    void plainDrools_choosesLikeTheEngine() {
        World world = World.of(300, 400, 7);
        Decider engine = competitors.decider(Way.ENGINE, world);
        assertEqual(
                world.vms(),
                world.time(),
                (facts, time) -> choice(engine.decide(facts, time)),
                competitors.decider(Way.PLAIN, world));
    }

    private static Answer choice(Answer answer) {
        return new Answer(answer.action(), answer.target(), answer.savingUsdMonth(), List.of(), List.of());
    }

    private static void assertEqual(List<VmFacts> vms, EvaluationTime time, Decider one, Decider other) {
        for (VmFacts facts : vms) {
            assertThat(other.decide(facts, time).sorted())
                    .describedAs("%s", facts)
                    .usingRecursiveComparison()
                    .withEqualsForType((a, b) -> Math.abs(a - b) <= 1e-9 * Math.abs(a) || a.equals(b), Double.class)
                    .isEqualTo(one.decide(facts, time).sorted());
        }
    }
}
