package io.regrade.db.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** PostgreSQL's programs, unpacked once for all tests of a JVM: unpacking them is most of what a first start does. */
public final class SharedPrograms {

    private SharedPrograms() {}

    /** Unpacked when the first test asks, and gone with the JVM. */
    private static final class Unpacked {
        static final Path DIRECTORY = unpack();

        private static Path unpack() {
            try {
                Path cache = Files.createTempDirectory("regrade-test-programs");
                Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxr-xr-x"));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    try {
                        Binaries.remove(cache);
                    } catch (IOException e) {
                        System.err.println("left behind: " + cache);
                    }
                }));
                return Binaries.in(cache);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Makes them those of a data directory that has none yet; answers that directory. */
    public static Path in(Path data) {
        Path programs = data.resolve("cache").resolve(Unpacked.DIRECTORY.getFileName());
        if (!Files.exists(programs)) {
            try (Stream<Path> tree = Files.walk(Unpacked.DIRECTORY)) {
                for (Path one : (Iterable<Path>) tree::iterator) {
                    Path made = programs.resolve(Unpacked.DIRECTORY.relativize(one));
                    if (Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS)) {
                        Files.createDirectories(made);
                    } else {
                        Files.createLink(made, one);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return data;
    }
}
