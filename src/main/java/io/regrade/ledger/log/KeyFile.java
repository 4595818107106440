package io.regrade.ledger.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.tlog.MalformedException;
import io.regrade.tlog.SigningKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The file that holds the secret key's text. */
final class KeyFile {

    private static final int MOST_BYTES = 4096;
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private KeyFile() {}

    /** Whether there is anything of that name, be it a link that leads nowhere. */
    static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Reads a key.
     *
     * @throws LogKeyException unless the file holds a key and is readable by its owner alone
     */
    static SigningKey read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new LogKeyException(file + ": the log's key is no regular file");
            }
            if (posix(file)) {
                Set<PosixFilePermission> more = new HashSet<>(Files.getPosixFilePermissions(file));
                String found = PosixFilePermissions.toString(more);
                more.removeAll(OWNER);
                more.remove(PosixFilePermission.OWNER_EXECUTE);
                if (!more.isEmpty()) {
                    throw new LogKeyException(file + ": the log's key may be used by others than its owner (" + found
                            + "). Maybe `chmod 600 " + file + "`; if others could read it, rotate the key");
                }
            }
            if (Files.size(file) == 0) {
                throw new LogKeyException(file + ": the log's key is empty. Maybe restore it from a backup;"
                        + " a new key would not fit the checkpoints that were signed");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new LogKeyException(
                        file + ": the log's key has " + Files.size(file) + " bytes, which is too long for a key");
            }
            return SigningKey.parse(Files.readString(file, UTF_8).strip());
        } catch (MalformedException e) {
            throw new LogKeyException(file + ": the log's key is damaged: " + e.getMessage());
        } catch (CharacterCodingException e) {
            throw new LogKeyException(file + ": the log's key is damaged: it is not text");
        } catch (IOException e) {
            throw new LogKeyException(file + ": the log's key cannot be read: " + reason(e));
        }
    }

    /**
     * Writes a key to a file that is not there yet: whole and for its owner alone, or not at all.
     *
     * @return false when the file is there by now, which is then left as it is
     * @throws LogKeyException when it cannot be written
     */
    static boolean create(Path file, SigningKey key) {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a directory");
        Path written = null;
        try {
            Files.createDirectories(directory);
            written = Files.createTempFile(directory, ".log-key", ".new", attributes(directory));
            try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                ByteBuffer text = ByteBuffer.wrap((key.secret() + "\n").getBytes(UTF_8));
                while (text.hasRemaining()) {
                    channel.write(text);
                }
                channel.force(true);
            }
            boolean published = publish(written, file);
            sync(directory);
            return published;
        } catch (IOException e) {
            throw new LogKeyException(file + ": the log's key cannot be written: " + reason(e));
        } finally {
            remove(written);
        }
    }

    /** Puts one file in the place of another, in one step. */
    static void replace(Path file, Path by) {
        try {
            Files.move(by, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            sync(Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a directory"));
        } catch (IOException e) {
            throw new LogKeyException(file + ": the log's key cannot be replaced by " + by + ": " + reason(e));
        }
    }

    /** A link fails when its name is taken, which a move does not everywhere. */
    private static boolean publish(Path written, Path file) throws IOException {
        try {
            Files.createLink(file, written);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException e) {
            Files.move(written, file);
            return true;
        }
    }

    private static void remove(@Nullable Path written) {
        try {
            if (written != null) {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            throw new LogKeyException(written + ": a copy of the log's key cannot be removed: " + reason(e));
        }
    }

    /** Makes the names in a directory last; not everywhere possible, nor needed. */
    static void sync(Path directory) throws IOException {
        if (posix(directory)) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        String told = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return told == null ? "input or output failed" : told;
    }

    private static FileAttribute<?>[] attributes(Path directory) {
        return posix(directory)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
                : new FileAttribute<?>[0];
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
