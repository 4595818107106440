package io.regrade.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.tlog.MalformedException;
import io.regrade.tlog.SigningKey;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** The file of a secret key that policies are signed with; for its owner alone. */
final class PolicyKeyFile {

    private static final int MOST_BYTES = 4096;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private PolicyKeyFile() {}

    /** Writes a new key; a file that is there already stays as it is. */
    static void create(Path file, SigningKey key) {
        FileAttribute<?>[] owner = isPosix(file)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try (OutputStream out = Channels.newOutputStream(
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner))) {
            out.write((key.secret() + "\n").getBytes(UTF_8));
        } catch (FileAlreadyExistsException e) {
            throw told(file + ": there is a file already, which may be a key. Maybe name another with `--out`");
        } catch (IOException e) {
            throw told(file + ": the key cannot be written");
        }
    }

    /** Reads a key. No message repeats any of it. */
    static SigningKey read(Path file) {
        try {
            if (isPosix(file) && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                throw told(file + ": the key may be read by others than its owner. Maybe `chmod 600 " + file + "`");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw told(file + ": this is too long for a key");
            }
            return SigningKey.parse(Files.readString(file, UTF_8).strip());
        } catch (MalformedException e) {
            throw told(file + ": " + e.getMessage());
        } catch (IOException e) {
            throw told(file + ": the key cannot be read. Maybe make one with `./regrade policy keygen`");
        }
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static UncheckedIOException told(String message) {
        return new UncheckedIOException(message, new IOException(message));
    }
}
