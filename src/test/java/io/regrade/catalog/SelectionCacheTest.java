package io.regrade.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.fact.Configuration;
import io.regrade.fact.Requirement;
import io.regrade.fact.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SelectionCacheTest {

    private static final List<Target> TARGETS = Targets.cloud(500, 7);

    @Test
    void get_sameQualitiesOfAnotherSource_isMadeOnce() {
        SelectionCache cache = new SelectionCache(new Index(TARGETS), 1_000_000);
        Selection first = cache.get(Quality.of(List.of(Requirement.parse("arch=arm64", "one"))));
        assertThat(cache.get(Quality.of(List.of(Requirement.parse("arch=arm64", "two")))))
                .isSameAs(first);
    }

    @Test
    void get_moreThanTheBound_forgetsTheLongestUnused() {
        Index index = new Index(TARGETS);
        SelectionCache cache = new SelectionCache(index, 3L * new Selection(index, List.of()).weight());
        List<Quality> often = region(0);
        Selection kept = cache.get(often);
        for (int i = 0; i < 100; i++) {
            cache.get(Quality.of(List.of(Requirement.parse("vcpu<=" + i, "a test"))));
            assertThat(cache.get(often)).isSameAs(kept);
            assertThat(cache.weight()).isLessThanOrEqualTo(3L * new Selection(index, List.of()).weight());
        }
        assertThat(cache.size()).isLessThan(50);
    }

    @Test
    void get_onlyTooHeavyOnes_keepsTheNewest() {
        SelectionCache cache = new SelectionCache(new Index(TARGETS), 1);
        cache.get(List.of());
        Selection newest = cache.get(region(1));
        assertThat(cache.size()).isEqualTo(1);
        assertThat(cache.get(region(1))).isSameAs(newest);
    }

    @Test
    void search_manyThreadsAndEvictions_answersLikeAScan() throws Exception {
        Catalog catalog = Catalog.of(TARGETS);
        SelectionCache tight = new SelectionCache(new Index(catalog.targets()), 4_000);
        Index index = new Index(catalog.targets());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                Random random = new Random(t);
                running.add(threads.submit(() -> {
                    for (int i = 0; i < 100; i++) {
                        Configuration required = new Configuration(
                                Targets.capacity(random.nextInt(64), random.nextInt(256)),
                                List.of(Requirement.parse("region=region-" + random.nextInt(15), "a test")));
                        Scan scan = new Scan(TARGETS, required);
                        List<Quality> qualities = Quality.of(required.qualities());
                        Search evicted = new Search(index, tight.get(qualities), required, qualities);
                        for (Search search : List.of(evicted, catalog.search(required))) {
                            assertThat(search.next(500)).isEqualTo(scan.supporting());
                            assertThat(Scan.lines(search.exclusions())).isEqualTo(scan.exclusions());
                        }
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Quality> region(int number) {
        return Quality.of(List.of(Requirement.parse("region=region-" + number, "a test")));
    }
}
