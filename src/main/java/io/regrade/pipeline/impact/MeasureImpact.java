package io.regrade.pipeline.impact;

import io.regrade.decision.CanonicalJson;
import io.regrade.decision.Decision;
import io.regrade.decision.FactJson;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.ReadyPolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Decides machines by the active policy and by a draft, and tells what differs. All threads decide; one adds up, in the
 * order of the machines, so that the answer does not depend on how many threads there are. Only so many machines as
 * threads need are in memory at a time. Thread-safe.
 */
public final class MeasureImpact {

    /** Machines that a thread takes at a time. */
    private static final int BATCH = 32;
    /** Batches that are under way for each thread: enough that none waits for the slowest one. */
    private static final int AHEAD = 4;
    /** Settings whose deciders are kept: past decisions come with the few catalogues of their time. */
    private static final int SETTINGS = 8;

    private final ReadyPolicy active;
    private final ReadyPolicy draft;
    private final boolean equal;
    private final int threads;
    private final int most;
    private final Map<Setting, Deciders> deciders = new LinkedHashMap<>(16, 0.75f, true);

    private record Deciders(DecideVm active, DecideVm draft) {}

    /**
     * Prepares a measurement.
     *
     * @param active the policy in force; stays open meanwhile, as does the other
     * @param draft the one that is to replace it
     * @param threads how many threads decide, at least 1
     * @param most how many machines are told one by one, in each respect
     */
    public MeasureImpact(ReadyPolicy active, ReadyPolicy draft, int threads, int most) {
        this.active = active;
        this.draft = draft;
        // Equal digests are equal files: they cannot decide differently, and one evaluation does for both.
        this.equal = active.bundle().digest().equals(draft.bundle().digest());
        this.threads = Math.max(1, threads);
        this.most = most;
    }

    /**
     * Measures.
     *
     * @param subjects the machines
     * @param changed is given every machine whose advice differs, in order, by the calling thread
     * @param progress is told the number of machines compared so far, by the calling thread
     * @throws InterruptedException when the calling thread is interrupted; the work is given up then
     */
    public Impact measure(Subjects subjects, Consumer<Comparison> changed, LongConsumer progress)
            throws InterruptedException {
        ImpactTally tally = new ImpactTally(active.bundle(), draft.bundle(), most);
        Consumer<List<Comparison>> fold = part -> {
            for (Comparison one : part) {
                tally.add(one);
                if (one.change().isOfAdvice()) {
                    changed.accept(one);
                }
            }
            progress.accept(tally.machines());
        };
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            Deque<Future<List<Comparison>>> running = new ArrayDeque<>();
            long at = 0;
            for (List<Supplier<Subject>> batch = batch(subjects); !batch.isEmpty(); batch = batch(subjects)) {
                List<Supplier<Subject>> part = batch;
                long first = at;
                running.add(pool.submit(() -> compare(part, first)));
                at += part.size();
                if (running.size() > threads * AHEAD) {
                    fold.accept(done(running.remove()));
                }
            }
            while (!running.isEmpty()) {
                fold.accept(done(running.remove()));
            }
        } finally {
            pool.shutdownNow();
        }
        return tally.total(subjects.unusable());
    }

    private static List<Supplier<Subject>> batch(Subjects subjects) {
        List<Supplier<Subject>> batch = new ArrayList<>(BATCH);
        while (batch.size() < BATCH) {
            Supplier<Subject> next = subjects.next();
            if (next == null) {
                break;
            }
            batch.add(next);
        }
        return batch;
    }

    private static List<Comparison> done(Future<List<Comparison>> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("machines could not be compared", e.getCause());
        }
    }

    private List<Comparison> compare(List<Supplier<Subject>> part, long first) {
        List<Comparison> comparisons = new ArrayList<>(part.size());
        for (int i = 0; i < part.size() && !Thread.currentThread().isInterrupted(); i++) {
            comparisons.add(compare(part.get(i).get(), first + i));
        }
        return comparisons;
    }

    private Comparison compare(Subject subject, long at) {
        Deciders both = deciders(subject.setting());
        String digest = CanonicalJson.digest(CanonicalJson.bytes(FactJson.facts(subject.facts())));
        Decision before = both.active.decide(subject.facts(), subject.time(), digest);
        Decision after = equal ? before : both.draft.decide(subject.facts(), subject.time(), digest);
        return Comparison.of(at, subject.decision(), before, after);
    }

    private synchronized Deciders deciders(Setting setting) {
        Deciders known = deciders.get(setting);
        if (known == null) {
            known = new Deciders(
                    new DecideVm(active, setting.catalog(), setting.pricing()),
                    new DecideVm(draft, setting.catalog(), setting.pricing()));
            deciders.put(setting, known);
            if (deciders.size() > SETTINGS) {
                deciders.remove(deciders.keySet().iterator().next());
            }
        }
        return known;
    }
}
