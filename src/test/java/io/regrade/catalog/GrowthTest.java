package io.regrade.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.fact.Capacity;
import io.regrade.fact.Configuration;
import io.regrade.fact.Requirement;
import io.regrade.fact.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a search costs, counted in the targets and tree nodes it looks at rather than in time. */
class GrowthTest {

    private static final int QUESTIONS = 400;

    @Test
    void search_hundredTimesTheTargets_looksAtLittleMore() {
        double small = placesLookedAt(200);
        double medium = placesLookedAt(2_000);
        double large = placesLookedAt(20_000);
        // Hundred times the targets, a part of a microsecond more: a place takes three nanoseconds or so.
        assertThat(medium).isLessThan(2 * small);
        assertThat(large).isLessThan(2 * small);
        assertThat(large).isLessThan(150);
    }

    private static double placesLookedAt(int targets) {
        Catalog catalog = Catalog.of(Targets.cloud(targets, 11));
        Random random = new Random(5);
        long visited = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            Search search = catalog.search(question(random));
            search.next(8);
            search.exclusions();
            visited += search.visited();
        }
        return (double) visited / QUESTIONS;
    }

    /** What a machine of 1 to 16 vCPU needs, as a policy asks for it: five amounts and three qualities. */
    static Configuration question(Random random) {
        double vcpu = 0.5 + 15.5 * Math.pow(random.nextDouble(), 2);
        double memory = vcpu * (1 + 9 * random.nextDouble());
        return new Configuration(
                new Capacity(
                        vcpu,
                        memory,
                        Double.NaN,
                        20 + 500 * random.nextDouble(),
                        500 + 5_000 * random.nextDouble(),
                        0.1 + 3 * random.nextDouble(),
                        Double.NaN),
                List.of(
                        Requirement.parse("arch=x86_64", "a test"),
                        Requirement.parse("burstable=false", "a test"),
                        Requirement.parse("cloud=" + (random.nextBoolean() ? "aws" : "azure"), "a test")));
    }

    @Test
    void search_noTargetBalanced_looksAtEachOnceForEachConstraintAtMost() {
        int count = 20_000;
        Catalog catalog = Catalog.of(Targets.unbalanced(count, 3));
        Search search = catalog.search(new Configuration(new Capacity(50, 50, 50, 50, 50, 50, Double.NaN), List.of()));
        assertThat(search.next(8)).isEmpty();
        int eachOnce = count * 8 / 7 + 8;
        assertThat(search.visited()).isLessThanOrEqualTo(eachOnce);
        search.exclusions();
        assertThat(search.visited()).isLessThanOrEqualTo(7L * eachOnce);
    }

    @Test
    void search_noTargetBalancedInProcessorsAndMemory_isSeenFromTheirSumAndProduct() {
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            double lean = Math.pow(2, 8.0 * i / 20_000 - 4);
            targets.add(Targets.of("t" + i, 16 * lean, 64 / lean, 1 + i % 97 / 100.0));
        }
        Search search = Catalog.of(targets).search(new Configuration(Targets.capacity(20, 80), List.of()));
        assertThat(search.next(8)).isEmpty();
        assertThat(search.exclusions()).hasSize(2);
        assertThat(search.visited()).isLessThan(100);
    }
}
