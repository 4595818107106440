package io.regrade.engine.drools;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.decision.Phase;
import io.regrade.engine.CompiledRules;
import io.regrade.engine.RuleSession;
import io.regrade.fact.Capacity;
import io.regrade.fact.Vm;
import io.regrade.policy.Policies;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyReader;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a closed version leaves behind: nothing. And loading one digest twice at once. */
class UnloadedRulesTest {

    private static final int VERSIONS = 6;

    @TempDir
    private Path cache;

    private static PolicyBundle policy(int version) {
        String rule = Policies.rule("keep-all", "Vm()", "insert(Choice.keep(\"it stays, " + version + "\"));");
        return PolicyReader.of(Policies.small("choose/keep.drl", Policies.drl("choose", rule)));
    }

    private static int fire(CompiledRules rules) {
        Vm vm = new Vm("a", "a", null, null, null, null, Capacity.UNKNOWN, null, Set.of(), 0.1, null, null, Map.of());
        try (RuleSession session = rules.open()) {
            session.insert(vm);
            return session.fire(Phase.CHOOSE).size();
        }
    }

    @Test
    void close_givesBackTheRulesAndTheirClasses() throws Exception {
        DroolsCompiler compiler = new DroolsCompiler(new CompiledCache(cache, "a test", CacheKey.ofThisProcess()));
        List<WeakReference<Object>> left = new ArrayList<>();
        for (int round = 0; round < 2; round++) { // compiled, then taken from the cache
            for (int version = 0; version < VERSIONS; version++) {
                left.addAll(used(compiler, policy(version)));
            }
        }
        assertThat(left).hasSize(4 * VERSIONS);
        for (int i = 0; i < 50 && left.stream().anyMatch(one -> one.get() != null); i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(left).allSatisfy(one -> assertThat(one.get()).isNull());
    }

    private static List<WeakReference<Object>> used(DroolsCompiler compiler, PolicyBundle policy) {
        DroolsRules rules = (DroolsRules) compiler.compile(policy);
        assertThat(fire(rules)).isEqualTo(1);
        List<WeakReference<Object>> refs = List.of(
                new WeakReference<>(rules),
                new WeakReference<>(rules.container().getClassLoader()));
        rules.close();
        return refs;
    }

    @Test
    void oneVersion_loadedTwiceAtOnce_worksTwice_alsoAfterOneIsClosed() throws Exception {
        DroolsCompiler compiler = new DroolsCompiler(new CompiledCache(cache, "a test", CacheKey.ofThisProcess()));
        PolicyBundle policy = policy(1);
        compiler.compile(policy).close();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            CountDownLatch start = new CountDownLatch(2);
            List<Future<CompiledRules>> loading = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                loading.add(threads.submit(() -> {
                    start.countDown();
                    start.await();
                    return compiler.compile(policy);
                }));
            }
            CompiledRules first = loading.get(0).get();
            CompiledRules second = loading.get(1).get();
            assertThat(fire(first)).isEqualTo(1);
            first.close();
            assertThat(fire(second)).isEqualTo(1);
            second.close();
        } finally {
            threads.shutdown();
        }
    }
}
