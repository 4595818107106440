package io.regrade.policy.budget;

import io.regrade.policy.budget.BudgetExceeded.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What the evaluation of this thread may still spend. Rewritten bytecode of policies calls {@link #check()} everywhere,
 * so that must cost next to nothing: it reads one field. A thread of its own looks at all evaluations every few
 * milliseconds and sets that field while one of them is over its budget.
 */
public final class Budget implements AutoCloseable {

    /** Characters in the texts of all conclusions: a decision is held, sent and recorded as a whole. */
    static final long MOST_CONCLUDED = 1 << 23;

    private static final ThreadLocal<Slot> SLOT = ThreadLocal.withInitial(Slot::new);

    /** Written by the watch alone. */
    static volatile boolean alarm;

    /** The evaluation that a thread is at, where the watch can see it. */
    static final class Slot {
        final Thread thread = Thread.currentThread();

        /** Whether the watch knows it; only its thread uses this. */
        boolean seen;

        volatile @Nullable Budget current;
    }

    private final BudgetLimits limits;
    private final Slot slot;
    private final @Nullable Budget outer;
    /** What the clock of the watch said when it saw this for the first time; negative before. Only the watch uses it. */
    long countedBefore = -1;
    /** Bytes the thread had allocated when the watch saw this for the first time; negative before. Only the watch uses it. */
    long allocatedBefore = -1;
    /** Processor time of the thread by then, nanoseconds. Only the watch uses it. */
    long processorBefore;

    private volatile @Nullable Kind exceeded;
    private int firings;
    private int insertions;
    private long concluded;

    private Budget(BudgetLimits limits, Slot slot) {
        this.limits = limits;
        this.slot = slot;
        this.outer = slot.current;
    }

    /** Begins an evaluation on this thread, which ends when the budget is closed by the same thread. */
    public static Budget begin(BudgetLimits limits) {
        Slot slot = SLOT.get();
        Budget budget = new Budget(limits, slot);
        slot.current = budget;
        BudgetWatch.see(slot);
        return budget;
    }

    /**
     * Goes on when the evaluation of this thread may.
     *
     * @throws BudgetExceeded when it is over its budget; again and again, until it ends
     */
    public static void check() {
        if (alarm) {
            Budget budget = SLOT.get().current;
            if (budget != null) {
                budget.checkThis();
            }
        }
    }

    private void checkThis() {
        Kind kind = exceeded;
        if (kind != null) {
            throw new BudgetExceeded(kind, limit(kind));
        }
    }

    /** A rule fires. */
    public void fired() {
        if (++firings > limits.firings()) {
            throw new BudgetExceeded(Kind.FIRINGS, limit(Kind.FIRINGS));
        }
    }

    /**
     * A rule concludes a fact.
     *
     * @param characters of all its texts: many conclusions may share one that is long, and each is written out later
     */
    public void inserted(long characters) {
        if (++insertions > limits.insertions()) {
            throw new BudgetExceeded(Kind.INSERTIONS, limit(Kind.INSERTIONS));
        }
        concluded += characters;
        if (concluded > MOST_CONCLUDED) {
            throw new BudgetExceeded(Kind.TEXT, "budget of " + MOST_CONCLUDED + " characters for all conclusions");
        }
    }

    BudgetLimits limits() {
        return limits;
    }

    /** Called by the watch: the next check of the evaluation ends it. */
    void exceed(Kind kind) {
        exceeded = kind;
    }

    boolean isExceeded() {
        return exceeded != null;
    }

    /** The limit in words: {@code time budget of 2000 ms}. */
    String limit(Kind kind) {
        return switch (kind) {
            case TIME -> "time budget of " + limits.time().toMillis() + " ms";
            case ALLOCATION -> "allocation budget of " + (limits.allocatedBytes() >> 20) + " MiB";
            case FIRINGS -> "budget of " + limits.firings() + " firings";
            case INSERTIONS -> "budget of " + limits.insertions() + " conclusions";
            case TEXT -> "budget of " + Bounded.LONGEST_TEXT + " characters for a text";
            case DEPTH -> "depth of calls";
        };
    }

    @Override
    public void close() {
        slot.current = outer;
    }
}
