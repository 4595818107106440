package io.regrade.engine.drools;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.decision.CanonicalJson;
import io.regrade.policy.PolicyBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiled policies on disk, so that a policy is compiled once and not at every start. An entry is named by the
 * policy's digest and the build of Regrade and Java it was compiled with, and sealed by a key that is not beside it; what
 * cannot be read or written, or was put there by others, is compiled again. Thread-safe, also between processes.
 */
final class CompiledCache {

    private static final Logger LOG = LoggerFactory.getLogger(CompiledCache.class);
    private static final int KEPT = 16;

    private final Path directory;
    private final String surroundings;
    private final CacheKey key;

    /**
     * A cache in a directory.
     *
     * @param surroundings what compiled rules depend on besides their policy
     * @param key seals what is kept
     */
    CompiledCache(Path directory, String surroundings, CacheKey key) {
        this.directory = directory;
        this.surroundings = surroundings;
        this.key = key;
    }

    /** A cache for this very build of Regrade on this Java, or null when it cannot be told from others. */
    static @Nullable CompiledCache ofThisBuild(Path directory, Path key) {
        try {
            Path program = Path.of(CompiledCache.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return new CompiledCache(
                    directory, build(program) + " " + System.getProperty("java.version"), CacheKey.in(key));
        } catch (IOException | UncheckedIOException | URISyntaxException | SecurityException e) {
            LOG.debug("this build cannot be told from others, so nothing is cached", e);
            return null;
        }
    }

    /** What differs between two builds: size and time of the jar, or of all classes that are being worked on. */
    private static String build(Path program) throws IOException {
        long files = 0;
        long bytes = 0;
        FileTime newest = FileTime.fromMillis(0);
        try (Stream<Path> parts = Files.walk(program)) {
            for (Path part : (Iterable<Path>) parts.filter(Files::isRegularFile)::iterator) {
                BasicFileAttributes attributes = Files.readAttributes(part, BasicFileAttributes.class);
                files++;
                bytes += attributes.size();
                newest = attributes.lastModifiedTime().compareTo(newest) > 0 ? attributes.lastModifiedTime() : newest;
            }
        }
        return files + " " + bytes + " " + newest;
    }

    /** The compiled rules of a policy as the bytes of an archive, or null when there are none. */
    byte @Nullable [] read(PolicyBundle policy) {
        Path file = file(policy);
        try {
            if (Files.isRegularFile(file)) {
                byte[] archive = key.opened(name(policy), Files.readAllBytes(file));
                if (archive == null) {
                    LOG.warn("{} was not put there by this server, and is compiled again", file);
                }
                return archive;
            }
        } catch (IOException e) {
            LOG.debug("no compiled policy can be read from {}", file, e);
        }
        return null;
    }

    /** Keeps the compiled rules of a policy; whatever prevents it only costs the next start some time. */
    void write(PolicyBundle policy, byte[] archive) {
        try {
            Files.createDirectories(directory);
            Path draft = Files.createTempFile(directory, "draft", ".tmp");
            Files.write(draft, key.sealed(name(policy), archive));
            Files.move(draft, file(policy), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forgetOldest();
        } catch (IOException e) {
            LOG.debug("the compiled policy cannot be kept in {}", directory, e);
        }
    }

    /** Forgets an entry that turned out to be unusable. */
    void remove(PolicyBundle policy) {
        try {
            Files.deleteIfExists(file(policy));
        } catch (IOException e) {
            LOG.debug("a compiled policy cannot be removed from {}", directory, e);
        }
    }

    private Path file(PolicyBundle policy) {
        return directory.resolve(name(policy) + ".kjar");
    }

    private String name(PolicyBundle policy) {
        MessageDigest sha = CanonicalJson.sha256();
        sha.update(policy.digest().getBytes(UTF_8));
        sha.update(surroundings.getBytes(UTF_8));
        return HexFormat.of().formatHex(sha.digest());
    }

    private void forgetOldest() throws IOException {
        List<Path> newestFirst;
        try (Stream<Path> files = Files.list(directory)) {
            newestFirst = files.filter(file -> file.toString().endsWith(".kjar"))
                    .sorted(Comparator.comparing(CompiledCache::modified).reversed())
                    .toList();
        }
        for (Path file : newestFirst.subList(Math.min(KEPT, newestFirst.size()), newestFirst.size())) {
            Files.deleteIfExists(file);
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0); // another process has just removed it
        }
    }
}
