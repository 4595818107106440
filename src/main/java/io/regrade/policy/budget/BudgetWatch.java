package io.regrade.policy.budget;

import com.sun.management.ThreadMXBean;
import io.regrade.policy.budget.BudgetExceeded.Kind;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The thread that looks at all evaluations under way. It sleeps when there are none. */
final class BudgetWatch {

    private static final long LOOK_NANOS = 5_000_000;
    /** So many times its processor time may pass on the clock before an evaluation ends all the same. */
    private static final int LONGEST_WAIT = 2;
    /** Of what passes between two looks, so much counts: what goes beyond it, this thread was kept waiting as well. */
    private static final long MOST_COUNTED_NANOS = 2 * LOOK_NANOS;

    /** Looks without any evaluation before it sleeps. */
    private static final int IDLE_LOOKS = 200;

    private static final List<WeakReference<Budget.Slot>> SLOTS = new CopyOnWriteArrayList<>();
    private static final Thread THREAD = started();
    private static volatile boolean asleep;

    private BudgetWatch() {}

    private static Thread started() {
        Thread thread = new Thread(BudgetWatch::watch, "budget-watch");
        thread.setDaemon(true);
        thread.setPriority(Thread.MAX_PRIORITY);
        thread.start();
        return thread;
    }

    /** Makes a thread's evaluations seen, from now on. */
    static void see(Budget.Slot slot) {
        if (!slot.seen) {
            slot.seen = true;
            SLOTS.add(new WeakReference<>(slot));
        }
        if (asleep) {
            asleep = false;
            LockSupport.unpark(THREAD);
        }
    }

    @SuppressWarnings("InfiniteLoopStatement") // a daemon: it ends with the process
    private static void watch() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean() instanceof ThreadMXBean measured
                        && measured.isThreadAllocatedMemorySupported()
                        && measured.isThreadCpuTimeSupported()
                ? measured
                : null;
        int idle = 0;
        while (true) {
            idle = look(threads) ? 0 : idle + 1;
            if (idle > IDLE_LOOKS) {
                asleep = true;
                if (!look(threads)) {
                    LockSupport.park();
                }
                asleep = false;
                idle = 0;
            } else {
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    /** The clock as the watch counts it: it stands still while the whole process does. */
    private static long counted;

    private static long lastLook = System.nanoTime();

    private static void count() {
        long now = System.nanoTime();
        counted += Math.min(now - lastLook, MOST_COUNTED_NANOS);
        lastLook = now;
    }

    /** Looks once; whether there was any evaluation to look at. */
    private static boolean look(@Nullable ThreadMXBean threads) {
        boolean any = false;
        boolean exceeded = false;
        count();
        for (WeakReference<Budget.Slot> reference : SLOTS) {
            Budget.Slot slot = reference.get();
            if (slot == null || !slot.thread.isAlive()) {
                SLOTS.remove(reference);
                continue;
            }
            Budget budget = slot.current;
            if (budget != null) {
                any = true;
                judge(budget, slot.thread, threads);
                exceeded |= budget.isExceeded();
            }
        }
        Budget.alarm = exceeded;
        return any;
    }

    private static void judge(Budget budget, Thread thread, @Nullable ThreadMXBean threads) {
        if (budget.isExceeded()) {
            return;
        }
        long limit = budget.limits().time().toNanos();
        if (budget.countedBefore < 0) {
            budget.countedBefore = counted;
        }
        if (counted - budget.countedBefore > (threads == null ? limit : LONGEST_WAIT * limit)) {
            budget.exceed(Kind.TIME);
            return;
        }
        if (threads == null) {
            return;
        }
        long allocated = threads.getThreadAllocatedBytes(thread.getId());
        long processor = threads.getThreadCpuTime(thread.getId());
        if (budget.allocatedBefore < 0) {
            budget.allocatedBefore = allocated;
            budget.processorBefore = processor;
        } else if (processor - budget.processorBefore > limit) {
            budget.exceed(Kind.TIME);
        } else if (allocated - budget.allocatedBefore > budget.limits().allocatedBytes()) {
            budget.exceed(Kind.ALLOCATION);
        }
    }
}
