package io.regrade.pipeline.child;

import io.regrade.decision.CanonicalJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Directories in which processes leave what they compiled for the next one that is given the same files, and for no other:
 * files that harm their own process find nothing there of other drafts. The few used last are kept. Thread-safe.
 */
final class Homes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Homes.class);
    private static final int MOST = 4;

    /** The least recently used first. */
    private final Map<String, Path> kept = new LinkedHashMap<>(MOST, 0.75f, true);

    private final Map<String, Integer> used = new HashMap<>();
    private boolean closed;

    /** A name for files, the same for the same names and bytes. */
    static String name(Map<String, byte[]> files) {
        Map<String, String> digests = new TreeMap<>();
        files.forEach((name, bytes) -> digests.put(
                name, HexFormat.of().formatHex(CanonicalJson.sha256().digest(bytes))));
        return digests.toString();
    }

    /**
     * The directory of these files, to be given back.
     *
     * @throws IOException when none can be made
     */
    synchronized Path take(String name) throws IOException {
        Path home = kept.get(name);
        if (home == null || !Files.isDirectory(home)) {
            home = Files.createTempDirectory("regrade-draft-home");
            kept.put(name, home);
        }
        used.merge(name, 1, Integer::sum);
        return home;
    }

    /** Nobody runs in it any more. */
    synchronized void giveBack(String name) {
        used.computeIfPresent(name, (same, count) -> count == 1 ? null : count - 1);
        forget(closed ? 0 : MOST);
    }

    private void forget(int most) {
        Iterator<Map.Entry<String, Path>> oldest = new ArrayList<>(kept.entrySet()).iterator();
        while (kept.size() > most && oldest.hasNext()) {
            Map.Entry<String, Path> one = oldest.next();
            if (!used.containsKey(one.getKey())) {
                kept.remove(one.getKey());
                remove(one.getValue());
            }
        }
    }

    /** Removes a directory and all in it. */
    static void remove(Path directory) {
        try (Stream<Path> tree = Files.walk(directory)) {
            tree.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} could not be removed: {}", directory, e.getMessage());
        }
    }

    /** Removes all, those in use when they are given back. */
    @Override
    public synchronized void close() {
        closed = true;
        forget(0);
    }
}
