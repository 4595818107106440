package io.regrade.audit;

import io.regrade.tlog.Checkpoint;
import io.regrade.tlog.MalformedException;
import io.regrade.tlog.Note;
import io.regrade.tlog.TilePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Copies a log to a directory of the same layout, which any static web server can serve. What is there already is not
 * fetched again, so it can be interrupted and repeated; the checkpoint is written last. Nothing is verified.
 */
public final class LogExport {

    private static final int FULL = TilePath.FULL;

    private final LogSource source;
    private final Path directory;

    /** A copy of a log to a directory, which is made when it is missing. */
    public LogExport(LogSource source, Path directory) {
        this.source = source;
        this.directory = directory;
    }

    /**
     * What was copied.
     *
     * @param size the log's leaves
     * @param files how many files a log of this size has
     * @param fetched how many of them were not there yet
     */
    public record Copied(long size, long files, long fetched) {}

    /**
     * Copies.
     *
     * @throws UnreadableException when something of the log cannot be read, or the directory cannot be written
     */
    public Copied copy(LogVerifier.Progress progress) {
        byte[] checkpoint = source.checkpoint();
        long size;
        try {
            size = Checkpoint.parse(Note.parse(checkpoint).text()).size();
        } catch (MalformedException e) {
            throw new UnreadableException("the log's checkpoint cannot be read: " + e.getMessage());
        }
        long files = 0;
        long fetched = 0;
        for (int level = 0; level <= 7 && size >>> 8 * level > 0; level++) {
            long hashes = size >>> 8 * level;
            for (long index = 0; index * FULL < hashes; index++) {
                int width = (int) Math.min(FULL, hashes - index * FULL);
                fetched += copy(new TilePath(level, index, width));
                files++;
                if (level == 0) {
                    fetched += copy(TilePath.entries(index, width));
                    files++;
                    progress.at(index * FULL + width, size);
                }
            }
        }
        write(directory.resolve("checkpoint"), checkpoint);
        return new Copied(size, files, fetched);
    }

    private int copy(TilePath path) {
        Path file = directory.resolve(path.toString());
        if (Files.isRegularFile(file)) {
            return 0;
        }
        Optional<byte[]> bytes = source.read(path);
        write(file, bytes.orElseThrow(() -> new UnreadableException(path + ": the log does not have it")));
        return 1;
    }

    /** A file is there whole or not at all. */
    private static void write(Path file, byte[] bytes) {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(part, bytes);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UnreadableException(file + ": cannot be written: " + Reason.of(e));
        }
    }
}
