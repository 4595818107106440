package io.regrade.pipeline.shadow;

import io.regrade.decision.Decision;
import io.regrade.decision.PolicyRef;
import io.regrade.fact.Target;
import io.regrade.metrics.PolicyMeters;
import io.regrade.pipeline.PolicyLease;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.pipeline.VmShare;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One version that decides beside its policy, and what came of it so far. Thread-safe. */
final class Shadow {

    /** Machines that are named in the report, those that differed last. */
    private static final int EXAMPLES = 20;

    private final PolicyLease version;
    private final VmShare share;
    private final Instant since;
    private final PolicyMeters meters;
    private final Map<ShadowReport.Change, Long> changes = new TreeMap<>();
    private final Deque<ShadowReport.Example> examples = new ArrayDeque<>();
    private long same;
    private long different;
    private long failed;
    private long dropped;
    private double savingActive;
    private double savingShadow;
    private volatile boolean ended;

    Shadow(PolicyLease version, VmShare share, Instant since, PolicyMeters meters) {
        this.version = version;
        this.share = share;
        this.since = since;
        this.meters = meters;
    }

    /** Lets it decide, unless it is over; it does not end meanwhile. */
    void decide(Consumer<ReadyPolicy> by) {
        synchronized (version) {
            if (!ended) {
                by.accept(version.policy());
            }
        }
    }

    PolicyRef ref() {
        return version.policy().ref();
    }

    VmShare share() {
        return share;
    }

    /** A decision for which there was no room. */
    synchronized void dropped() {
        if (ended) {
            return;
        }
        dropped++;
        meters.shadowed(ref(), "dropped");
    }

    /** A decision that the shadow could not make: {@code live} is what was answered. */
    synchronized void failed(Decision live, String why) {
        failed++;
        meters.shadowed(ref(), "failed");
        example(new ShadowReport.Example(live.vm().id(), ShadowReport.Side.of(live), null, why));
    }

    /** A decision that both have made. */
    synchronized void compared(Decision live, Decision own) {
        savingActive += known(live.savingUsdMonth());
        savingShadow += known(own.savingUsdMonth());
        if (isSame(live, own)) {
            same++;
            meters.shadowed(ref(), "same");
            return;
        }
        different++;
        meters.shadowed(ref(), "different");
        String from = live.action().key();
        String to = own.action().key();
        meters.shadowChanged(ref(), from, to);
        changes.merge(new ShadowReport.Change(from, to), 1L, Long::sum);
        example(new ShadowReport.Example(live.vm().id(), ShadowReport.Side.of(live), ShadowReport.Side.of(own), null));
    }

    private void example(ShadowReport.Example one) {
        examples.addFirst(one);
        if (examples.size() > EXAMPLES) {
            examples.removeLast();
        }
    }

    private static double known(double amount) {
        return Double.isNaN(amount) ? 0 : amount;
    }

    /** The same advice: reasons may be others. */
    private static boolean isSame(Decision one, Decision other) {
        return one.action() == other.action()
                && Objects.equals(id(one.target()), id(other.target()))
                && Objects.equals(one.instantiation(), other.instantiation());
    }

    private static @Nullable String id(@Nullable Target target) {
        return target == null ? null : target.id();
    }

    synchronized ShadowReport report() {
        return new ShadowReport(
                ref(),
                share.percent(),
                since,
                same,
                different,
                failed,
                dropped,
                new TreeMap<>(changes),
                savingActive,
                savingShadow,
                new ArrayList<>(examples));
    }

    /** Ends it, once what it is deciding is decided. */
    void end() {
        ended = true;
        synchronized (version) {
            version.close();
        }
    }
}
