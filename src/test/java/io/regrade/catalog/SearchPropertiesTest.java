package io.regrade.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.fact.Capacity;
import io.regrade.fact.Configuration;
import io.regrade.fact.OperatingSystem;
import io.regrade.fact.Requirement;
import io.regrade.fact.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever the catalogue and the question, a search answers what a look at each target would. */
class SearchPropertiesTest {

    private static final List<String> QUALITIES = List.of(
            "arch=x86_64",
            "arch!=arm64",
            "os>=rhel-8",
            "os=linux",
            "feature=tpm",
            "isa=x86-64-v3",
            "cloud=aws|azure",
            "region!=r1",
            "family=m5|c5",
            "burstable=false",
            "vcpu<=4",
            "memory_gib!=2",
            "gpu=0",
            "library=openssl-3");

    @Property(tries = 600)
    void search_anyQuestion_answersLikeAScan(
            @ForAll long seed, @ForAll @IntRange(max = 300) int size, @ForAll @IntRange(min = 1, max = 20) int page) {
        Random random = new Random(seed);
        List<Target> targets = targets(random, size);
        Catalog catalog = Catalog.of(targets);
        for (int question = 0; question < 4; question++) {
            Configuration required = configuration(random);
            Scan scan = new Scan(targets, required);
            Search search = catalog.search(required);

            List<Target> paged = new ArrayList<>();
            for (List<Target> next = search.next(page); !next.isEmpty(); next = search.next(page)) {
                paged.addAll(next);
                assertThat(next).hasSizeLessThanOrEqualTo(page);
            }
            assertThat(paged).isEqualTo(scan.supporting());
            assertThat(search.next(page)).isEmpty();
            assertThat(catalog.targets().stream()
                            .filter(target -> Catalog.missed(required, target).isEmpty()))
                    .containsExactlyElementsOf(paged);
            assertThat(Scan.lines(search.exclusions())).isEqualTo(scan.exclusions());
            assertThat(catalog.search(required).next(page)).isEqualTo(paged.subList(0, Math.min(page, paged.size())));
        }
    }

    private static List<Target> targets(Random random, int size) {
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            boolean machine = random.nextInt(4) == 0;
            targets.add(new Target(
                    "t" + i,
                    machine ? Target.Kind.MACHINE : Target.Kind.CLASS,
                    pick(random, "aws", "azure", "gcp", null),
                    pick(random, "r1", "r2", null),
                    pick(random, "m5.large", "c5.large", "t3", null),
                    pick(random, "x86_64", "arm64", null),
                    capacity(random, 5),
                    pick(
                            random,
                            OperatingSystem.parse("linux"),
                            OperatingSystem.parse("rhel-9.4"),
                            OperatingSystem.parse("windows-2022"),
                            null),
                    pick(random, true, false, null),
                    random.nextBoolean() ? Set.of("tpm", "x86-64-v3") : Set.of(),
                    random.nextInt(5) == 0 ? Double.NaN : random.nextInt(4) / 4.0,
                    machine ? Integer.valueOf(random.nextInt(2)) : pick(random, 0, 3, null, null),
                    Map.of()));
        }
        return targets;
    }

    private static Configuration configuration(Random random) {
        List<String> some = new ArrayList<>(QUALITIES);
        Collections.shuffle(some, random);
        List<Requirement> qualities = new ArrayList<>();
        for (String quality : some.subList(0, random.nextInt(4))) {
            qualities.add(Requirement.parse(quality, "a test"));
            if (random.nextInt(5) == 0) {
                qualities.add(Requirement.parse(quality, "another test"));
            }
        }
        return new Configuration(capacity(random, 2), qualities);
    }

    /** Amounts on and between a coarse grid, so that many are equal; one in `unknownOneIn` is unknown. */
    private static Capacity capacity(Random random, int unknownOneIn) {
        double[] amounts = new double[7];
        Arrays.setAll(
                amounts, i -> random.nextInt(unknownOneIn) == 0 ? Double.NaN : random.nextInt(unknownOneIn + 3) / 2.0);
        return new Capacity(amounts[0], amounts[1], amounts[2], amounts[3], amounts[4], amounts[5], amounts[6]);
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }
}
