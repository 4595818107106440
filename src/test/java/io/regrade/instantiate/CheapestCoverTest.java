package io.regrade.instantiate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.regrade.fact.Capacity;
import io.regrade.fact.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheapestCoverTest {

    private static final Terms ANY = new Terms(Double.NaN, Double.NaN, Set.of());

    private static ServerOffer offer(String server, double vcpu, double gib, double usd) {
        return offer(server, "north", vcpu, gib, usd, 0.99);
    }

    private static ServerOffer offer(
            String server, String cloud, double vcpu, double gib, double usd, double availability) {
        return new ServerOffer(server, cloud, "10.0.0.1:" + server, capacity(vcpu, gib), usd, availability);
    }

    private static Capacity capacity(double vcpu, double gib) {
        return Capacity.UNKNOWN.with(Resource.CPU, vcpu).with(Resource.MEMORY, gib);
    }

    private static List<String> servers(Cover cover) {
        return cover.parts().stream().map(part -> part.offer().server()).toList();
    }

    @Test
    void of_takesTheCheapestSet_andSaysWhoSuppliesWhat() {
        List<ServerOffer> offers = List.of(
                offer("a", 4, 4, 0.10), offer("b", 4, 16, 0.20), offer("c", 8, 32, 0.45), offer("d", 1, 1, 0.01));

        Cover cover = CheapestCover.of(offers, capacity(8, 16), ANY).orElseThrow();

        assertThat(servers(cover)).containsExactly("a", "b");
        assertThat(cover.usdHour()).isCloseTo(0.30, within(1e-9));
        assertThat(cover.exact()).isTrue();
        assertThat(cover.parts().get(0).share()).isEqualTo(capacity(4, 4));
        assertThat(cover.parts().get(1).share()).isEqualTo(capacity(4, 12));
        assertThat(cover.availability()).isCloseTo(0.9801, within(1e-9));
    }

    @Test
    void of_keepsToTheTerms() {
        List<ServerOffer> offers = List.of(
                offer("a", "north", 4, 8, 0.10, 0.95),
                offer("b", "north", 4, 8, 0.20, 0.999),
                offer("c", "south", 4, 8, 0.05, 0.999));

        Terms here = new Terms(Double.NaN, 0.99, Set.of("north"));
        assertThat(servers(CheapestCover.of(offers, capacity(4, 8), here).orElseThrow()))
                .containsExactly("b");
        assertThat(CheapestCover.of(offers, capacity(4, 8), new Terms(0.15, 0.99, Set.of("north"))))
                .isEmpty();
        assertThat(CheapestCover.of(offers, capacity(40, 8), ANY)).isEmpty();
        // Two of 0.999 together are there less than 0.9985 of the time.
        assertThat(CheapestCover.of(offers, capacity(8, 8), new Terms(Double.NaN, 0.9985, Set.of())))
                .isEmpty();
    }

    @Test
    void of_few_isAsCheapAsTryingAll_andOfMany_isNoCheaperThanItsBound() {
        Random random = new Random(7);
        for (int round = 0; round < 40; round++) {
            List<ServerOffer> offers = random(random, 10);
            Capacity need = capacity(6 + random.nextInt(20), 10 + random.nextInt(60));

            Optional<Cover> cover = CheapestCover.of(offers, need, ANY);

            assertThat(cover.map(Cover::usdHour).orElse(Double.POSITIVE_INFINITY))
                    .isCloseTo(all(offers, need), within(1e-9));
        }
        Cover many =
                CheapestCover.of(random(random, 300), capacity(200, 900), ANY).orElseThrow();
        assertThat(many.boundUsdHour()).isLessThanOrEqualTo(many.usdHour());
        assertThat(many.boundUsdHour()).isGreaterThan(many.usdHour() * 0.6);
    }

    private static List<ServerOffer> random(Random random, int count) {
        List<ServerOffer> offers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double vcpu = 1 + random.nextInt(8);
            double gib = 1 + random.nextInt(32);
            offers.add(offer("s" + i, vcpu, gib, 0.02 * vcpu + 0.004 * gib + random.nextInt(10) * 0.01));
        }
        return offers;
    }

    private static double all(List<ServerOffer> offers, Capacity need) {
        double best = Double.POSITIVE_INFINITY;
        for (int set = 0; set < 1 << offers.size(); set++) {
            double vcpu = 0;
            double gib = 0;
            double usd = 0;
            for (int i = 0; i < offers.size(); i++) {
                if ((set >> i & 1) == 1) {
                    vcpu += offers.get(i).supply().vcpu();
                    gib += offers.get(i).supply().memoryGib();
                    usd += offers.get(i).priceUsdHour();
                }
            }
            if (vcpu >= need.vcpu() && gib >= need.memoryGib()) {
                best = Math.min(best, usd);
            }
        }
        return best;
    }
}
