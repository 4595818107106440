package io.regrade.intake.inventory;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipException;

/**
 * A text that is read once: a file, compressed when its name ends with {@code .gz}, or bytes at hand.
 *
 * @param name what problems call it
 * @param bytes where the bytes come from
 * @param size how many they are
 * @param gzip whether they are compressed
 * @param maxBytes the most that is read after decompression
 */
record Source(
        String name,
        Opener bytes,
        long size,
        boolean gzip,
        long maxBytes,
        IntakeLimits limits,
        FleetProgress progress) {

    /** Opens the bytes. */
    @FunctionalInterface
    interface Opener {
        InputStream open() throws IOException;
    }

    static Source of(Path file, long maxBytes, IntakeLimits limits, FleetProgress progress) throws IOException {
        return new Source(
                file.toString(),
                () -> Files.newInputStream(file),
                Files.size(file),
                file.toString().endsWith(".gz"),
                maxBytes,
                limits,
                progress);
    }

    static Source of(String name, byte[] bytes, IntakeLimits limits) {
        return new Source(
                name,
                () -> new ByteArrayInputStream(bytes),
                bytes.length,
                false,
                limits.maxTableBytes(),
                limits,
                FleetProgress.NONE);
    }

    Utf8Reader open() throws IOException {
        String label = Path.of(name).getFileName().toString();
        return new Utf8Reader(
                GuardedInput.open(bytes.open(), gzip, maxBytes, limits, read -> progress.read(label, read, size)),
                limits.maxLineChars());
    }

    /** What is said of an error in reading it. */
    String explain(IOException e) {
        if (e instanceof Unreadable) {
            return String.valueOf(e.getMessage());
        }
        if (gzip && e instanceof EOFException) {
            return "the compressed file ends too early. Maybe it was not copied completely";
        }
        if (e instanceof ZipException) {
            return "the file is not gzip, or is damaged. Maybe its name should not end with `.gz`";
        }
        if (e instanceof AccessDeniedException) {
            return "the file may not be read. Maybe its permissions are wrong";
        }
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        return "the file cannot be read: " + e.getMessage();
    }
}
