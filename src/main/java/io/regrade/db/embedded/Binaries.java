package io.regrade.db.embedded;

import io.regrade.db.DatabaseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs for this machine, unpacked from the application once. */
final class Binaries {

    static final String VERSION = "18.6.0";
    static final int MAJOR = 18;

    private Binaries() {}

    /**
     * The directory with {@code bin/postgres}.
     *
     * @param cache where unpacked programs are kept
     * @throws DatabaseException when there are none for this machine
     */
    static Path in(Path cache) {
        return in(cache, platform(System.getProperty("os.name", ""), System.getProperty("os.arch", "")));
    }

    /** Those of a platform, which need not be this machine's. */
    static Path in(Path cache, String platform) {
        Path directory = cache.resolve("postgres-" + VERSION + "-" + platform);
        if (Files.isExecutable(directory.resolve("bin/postgres")) && Files.exists(directory.resolve("complete"))) {
            return directory;
        }
        try (InputStream archive = Binaries.class.getResourceAsStream("/postgres-" + platform + ".txz")) {
            if (archive == null) {
                throw unsupported(platform);
            }
            Files.createDirectories(cache);
            Path fresh = Files.createTempDirectory(cache, "postgres-");
            Files.setPosixFilePermissions(fresh, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
            unpack(archive, fresh);
            Files.createFile(fresh.resolve("complete"));
            put(fresh, directory);
            return directory;
        } catch (IOException e) {
            throw new DatabaseException(
                    "PostgreSQL cannot be unpacked to " + directory + ": " + e.getMessage()
                            + ". Maybe the disk is full, or the directory cannot be written to",
                    e);
        }
    }

    static String platform(String os, String arch) {
        String system = os.toLowerCase(Locale.ROOT);
        boolean arm = arch.equals("aarch64") || arch.equals("arm64");
        if (system.startsWith("linux") && (arm || arch.equals("amd64") || arch.equals("x86_64"))) {
            return arm ? "linux-arm_64" : "linux-x86_64";
        } else if (system.startsWith("mac") && arm) {
            return "darwin-arm_64";
        }
        throw unsupported(os + " on " + arch);
    }

    private static DatabaseException unsupported(String platform) {
        return new DatabaseException("Regrade brings no PostgreSQL for " + platform
                + ". Maybe name one of your own with `url` of `database`");
    }

    private static void put(Path fresh, Path directory) throws IOException {
        try {
            if (Files.exists(directory)) {
                remove(directory); // what a killed start left half done
            }
            Files.move(fresh, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
            remove(fresh); // another start was faster
        }
    }

    private static void unpack(InputStream archive, Path to) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = to.resolve(entry.getName()).normalize();
                if (!path.startsWith(to)) {
                    throw new IOException("the archive has an entry outside of itself: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    if (entry.isSymbolicLink()) {
                        Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                    } else {
                        Files.copy(tar, path, StandardCopyOption.REPLACE_EXISTING);
                        Files.setPosixFilePermissions(path, permissions((entry.getMode() & 0100) != 0));
                    }
                }
            }
        }
    }

    private static Set<PosixFilePermission> permissions(boolean executable) {
        Set<PosixFilePermission> permissions = EnumSet.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.OTHERS_READ);
        if (executable) {
            permissions.addAll(List.of(
                    PosixFilePermission.OWNER_EXECUTE,
                    PosixFilePermission.GROUP_EXECUTE,
                    PosixFilePermission.OTHERS_EXECUTE));
        }
        return permissions;
    }

    /** Removes a directory with all that is in it. */
    static void remove(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            tree.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
