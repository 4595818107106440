package io.regrade.audit;

import io.regrade.tlog.EntryBundle;
import io.regrade.tlog.TilePath;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads what will be wanted soon while something else is worked on, and cuts a partial tile out of the full one where
 * the log has only that any more. For one thread.
 */
final class ReadAhead implements AutoCloseable {

    private static final int READERS = 4;

    private final LogSource source;
    private final Map<TilePath, Future<Optional<byte[]>>> coming = new HashMap<>();
    private final ExecutorService readers = Executors.newFixedThreadPool(READERS, task -> {
        Thread thread = new Thread(task, "log-reader");
        thread.setDaemon(true);
        return thread;
    });

    ReadAhead(LogSource source) {
        this.source = source;
    }

    /** Starts to read what {@link #read} will be asked for. */
    void announce(TilePath path) {
        coming.computeIfAbsent(path, one -> readers.submit(() -> fetch(one)));
    }

    Optional<byte[]> read(TilePath path) {
        Future<Optional<byte[]>> announced = coming.remove(path);
        if (announced == null) {
            return fetch(path);
        }
        try {
            return announced.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UnreadableException told ? told : new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreadableException(path + ": interrupted");
        }
    }

    private Optional<byte[]> fetch(TilePath path) {
        Optional<byte[]> found = source.read(path);
        if (found.isPresent() || path.isFull()) {
            return found;
        }
        return source.read(new TilePath(path.level(), path.index(), TilePath.FULL))
                .map(full -> path.isEntries()
                        ? firstEntries(full, path.width())
                        : Arrays.copyOf(full, Math.min(full.length, path.width() * 32)));
    }

    private static byte[] firstEntries(byte[] bundle, int width) {
        var entries = EntryBundle.read(bundle).entries();
        return EntryBundle.format(entries.subList(0, Math.min(width, entries.size())));
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
