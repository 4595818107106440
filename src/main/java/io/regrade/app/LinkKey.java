package io.regrade.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.config.ConfigException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** The key that signs links to answer offers with: 32 random bytes in Base64, in a file of its owner's. */
final class LinkKey {

    private static final int BYTES = 32;

    private LinkKey() {}

    /**
     * The key in a file, which is made when it is missing.
     *
     * @throws ConfigException when it cannot be read or made, or is none
     */
    static byte[] read(Path file) {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            byte[] key =
                    Base64.getDecoder().decode(Files.readString(file, UTF_8).strip());
            if (key.length >= BYTES) {
                return key;
            }
        } catch (IOException e) {
            throw new ConfigException(
                    List.of(file + ": the key that signs links cannot be read or made. Maybe `link_key_file` of"
                            + " `notifications` names another file"));
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new ConfigException(List.of(file + ": the key that signs links is not " + BYTES
                + " bytes in Base64. Maybe delete the file: a new key is made, and the links that were sent end"));
    }

    private static void make(Path file) throws IOException {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] owner = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createFile(file, owner);
        } catch (FileAlreadyExistsException e) {
            return; // another server on this directory was faster
        }
        Files.writeString(file, Base64.getEncoder().encodeToString(key) + "\n", UTF_8);
    }
}
