package io.regrade.engine.drools;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals what is put in a cache, so that what others put there is told from it: HMAC-SHA256 by a secret in a file of the
 * owner's, outside of the cache. Where no such file can be kept, the secret is this process's own, and nothing that
 * another process sealed is taken. Thread-safe.
 */
final class CacheKey {

    private static final Logger LOG = LoggerFactory.getLogger(CacheKey.class);
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final SecretKeySpec secret;

    private CacheKey(byte[] secret) {
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    /** A secret that ends with this process. */
    static CacheKey ofThisProcess() {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return new CacheKey(secret);
    }

    /** The secret in a file, which is made when there is none; one that others may read is none. */
    static CacheKey in(Path file) {
        try {
            byte[] known = read(file);
            if (known == null) {
                create(file);
                known = read(file);
            }
            if (known != null) {
                return new CacheKey(known);
            }
            LOG.warn("{} is not for its owner alone, or no key: compiled policies are not kept. Maybe remove it", file);
        } catch (IOException e) {
            LOG.debug("no key can be kept in {}", file, e);
        }
        return ofThisProcess();
    }

    private static byte @Nullable [] read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != BYTES) {
            return null;
        }
        return isPosix(file) && !OWNER.containsAll(Files.getPosixFilePermissions(file))
                ? null
                : Files.readAllBytes(file);
    }

    private static void create(Path file) throws IOException {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Files.createDirectories(directory);
        FileAttribute<?>[] owned = isPosix(directory)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
                : new FileAttribute<?>[0];
        Path draft = Files.createTempFile(directory, "key", ".tmp", owned);
        try {
            Files.write(draft, secret);
            Files.move(draft, file); // whole, or not at all; that of another process stays
        } catch (FileAlreadyExistsException e) {
            LOG.debug("{} is there by now", file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static boolean isPosix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }

    /** The content behind its seal; another name, or another content, has another seal. */
    byte[] sealed(String name, byte[] content) {
        byte[] seal = seal(name, content);
        byte[] sealed = Arrays.copyOf(seal, seal.length + content.length);
        System.arraycopy(content, 0, sealed, seal.length, content.length);
        return sealed;
    }

    /** The content, or null when it was not sealed by this key for this name. */
    byte @Nullable [] opened(String name, byte[] sealed) {
        if (sealed.length < BYTES) {
            return null;
        }
        byte[] content = Arrays.copyOfRange(sealed, BYTES, sealed.length);
        return MessageDigest.isEqual(Arrays.copyOf(sealed, BYTES), seal(name, content)) ? content : null;
    }

    private byte[] seal(String name, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
