package io.regrade.policytest;

import io.regrade.catalog.Catalog;
import io.regrade.fact.Limit;
import io.regrade.fact.VmFacts;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.policy.PolicyBundle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Tries changes of a policy on its tests, several at a time, each until the first test that notices it. */
final class MutationRun {

    private record Asked(int index, TestCase test, DecideVm decide, Set<String> rules) {}

    private final PolicyBundle policy;
    private final List<Asked> cases = new ArrayList<>();
    /** By what is changed, the test that noticed the last change of it: it is likely to notice the next one. */
    private final Map<String, Integer> lately = new ConcurrentHashMap<>();

    /**
     * Prepares trials.
     *
     * @param policy the policy, or one that has its rules and mutants of them
     * @param tests tests that pass
     */
    MutationRun(ReadyPolicy policy, List<TestCase> tests) {
        this.policy = policy.bundle();
        for (TestCase test : tests) {
            Set<String> rules = new HashSet<>();
            test.expectations().forEach(e -> {
                rules.addAll(e.fired());
                rules.addAll(e.notFired());
            });
            DecideVm decide = new DecideVm(policy, Catalog.of(test.targets()), test.pricing());
            cases.add(new Asked(cases.size(), test, decide, rules));
        }
    }

    /**
     * Tries changes; those that there is no time for are among the untried ones.
     *
     * @throws InterruptedException when the calling thread is interrupted; the work is given up then
     */
    MutationReport run(List<Trial> trials, MutationSettings settings) throws InterruptedException {
        long begin = System.nanoTime();
        Queue<Trial> waiting = new ConcurrentLinkedQueue<>(trials);
        Queue<Mutant> noticed = new ConcurrentLinkedQueue<>();
        Queue<Mutant> survivors = new ConcurrentLinkedQueue<>();
        AtomicInteger done = new AtomicInteger();
        Runnable work = () -> {
            while (seconds(begin) < settings.seconds()
                    && !Thread.currentThread().isInterrupted()) {
                @Nullable Trial trial = waiting.poll();
                if (trial == null) {
                    return;
                }
                (isNoticed(trial) ? noticed : survivors).add(trial.mutant());
                settings.progress().at(done.incrementAndGet(), trials.size());
            }
        };
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, settings.threads()));
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < Math.max(1, settings.threads()); i++) {
                running.add(pool.submit(work));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a change could not be tried", e.getCause());
        } finally {
            pool.shutdownNow();
        }
        return new MutationReport(
                List.copyOf(noticed),
                List.copyOf(survivors),
                waiting.stream()
                        .map(trial -> new MutationReport.Untried(trial.mutant(), MutationReport.NO_TIME))
                        .toList(),
                seconds(begin));
    }

    /**
     * Makes sure that rules beside their changed copies decide as they do without them.
     *
     * @param none the limits of each environment with no copy in force
     */
    void expectNoChange(Map<String, List<Limit>> none) {
        for (Asked one : cases) {
            if (isNoticed(none, one)) {
                throw new IllegalStateException(
                        "without any change, `" + one.test.name() + "` fails beside changed rules");
            }
        }
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private boolean isNoticed(Trial trial) {
        String subject = trial.mutant().subject();
        int first = lately.getOrDefault(subject, -1);
        List<Asked> order = cases.stream()
                .sorted(Comparator.comparingInt(
                        one -> one.index == first ? 0 : trial.rules().stream().anyMatch(one.rules::contains) ? 1 : 2))
                .toList();
        for (Asked one : order) {
            if (isNoticed(trial.limits(), one)) {
                lately.put(subject, one.index);
                return true;
            }
        }
        return false;
    }

    private boolean isNoticed(Map<String, List<Limit>> changed, Asked asked) {
        for (VmFacts vm : asked.test.vms()) {
            List<Limit> limits = changed.get(environment(vm));
            if (limits == null) {
                continue;
            }
            var decision = asked.decide.withLimits(limits).decide(vm, asked.test.at());
            for (Expectation expected : asked.test.expectations()) {
                if (expected.vm().equals(vm.vm().id())
                        && !Judge.differences(asked.test, expected, decision).isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    private String environment(VmFacts facts) {
        String own = facts.vm().environment();
        return policy.limits().containsKey(own) ? own : PolicyBundle.DEFAULT_ENVIRONMENT;
    }
}
