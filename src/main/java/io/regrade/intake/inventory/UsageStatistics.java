package io.regrade.intake.inventory;

import io.regrade.fact.Usage;
import io.regrade.intake.telemetry.SampleBlock;
import io.regrade.intake.telemetry.UsageAccumulator;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Computes statistics on a thread of its own while the reading thread parses on. Blocks go round: a bounded queue of
 * full ones, a bounded queue of empty ones. One thread sees all blocks in the order of the file, so the results are the
 * same on every machine.
 */
final class UsageStatistics implements SampleSink, AutoCloseable {

    private static final int BLOCKS = 16;
    private static final Work END = new Work(-1, new SampleBlock(), true);

    private final List<Usage>[] usage;
    private final BlockingQueue<Work> full = new ArrayBlockingQueue<>(BLOCKS + 1);
    private final BlockingQueue<SampleBlock> free = new ArrayBlockingQueue<>(BLOCKS);
    private final Thread thread = new Thread(this::work, "regrade-usage");
    private @Nullable Throwable failure;

    private record Work(int vm, SampleBlock block, boolean last) {}

    /** Starts the thread; machines are told apart by their place below {@code vms}. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of lists cannot be made otherwise
    UsageStatistics(int vms) {
        usage = new List[vms];
        for (int i = 0; i < BLOCKS; i++) {
            free.add(new SampleBlock());
        }
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public SampleBlock take() {
        try {
            return free.take();
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    @Override
    public SampleBlock put(int vm, SampleBlock block, boolean last) {
        full.add(new Work(vm, block, last)); // never full: there are fewer blocks than places
        return take();
    }

    @SuppressWarnings("ReferenceEquality") // END is one object that says there is no more
    private void work() {
        UsageAccumulator accumulator = new UsageAccumulator();
        try {
            for (Work work = full.take(); work != END; work = full.take()) {
                if (failure == null && work.vm >= 0) {
                    failure = accumulate(accumulator, work);
                }
                work.block.clear();
                free.add(work.block);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed early: nobody waits for the results
        }
    }

    /** Blocks go on round after a failure, so that the reading thread never waits in vain. */
    private @Nullable Throwable accumulate(UsageAccumulator accumulator, Work work) {
        try {
            accumulator.add(work.block);
            if (work.last) {
                usage[work.vm] = accumulator.finish();
            }
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        }
    }

    /** Waits for the statistics of everything that was put; machines without samples have none. */
    List<List<Usage>> finish() {
        full.add(END);
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw interrupted();
        }
        if (failure != null) {
            throw new IllegalStateException("the statistics of the usage failed", failure);
        }
        return Arrays.stream(usage)
                .map(one -> one == null ? List.<Usage>of() : one)
                .toList();
    }

    private CancellationException interrupted() {
        thread.interrupt();
        Thread.currentThread().interrupt();
        return new CancellationException("reading was interrupted");
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
