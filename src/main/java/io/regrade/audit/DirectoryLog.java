package io.regrade.audit;

import io.regrade.tlog.TilePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;

/** A log that was exported to a directory. */
final class DirectoryLog implements LogSource {

    /** More than any tile or bundle has. */
    static final long MOST_BYTES = 32L << 20;

    private final Path directory;

    DirectoryLog(Path directory) {
        this.directory = directory;
        if (!Files.isDirectory(directory)) {
            throw new UnreadableException(directory + ": there is no such directory");
        }
    }

    @Override
    public byte[] checkpoint() {
        return bytes(directory.resolve("checkpoint"))
                .orElseThrow(() -> new UnreadableException(
                        directory + ": there is no `checkpoint` in it. Maybe it is no exported log"));
    }

    @Override
    public Optional<byte[]> read(TilePath path) {
        return bytes(directory.resolve(path.toString()));
    }

    private static Optional<byte[]> bytes(Path file) {
        try {
            if (Files.isDirectory(file)) {
                return Optional.empty();
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new UnreadableException(file + ": longer than anything of a log, " + Files.size(file) + " bytes");
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UnreadableException(file + ": cannot be read: " + Reason.of(e));
        }
    }
}
