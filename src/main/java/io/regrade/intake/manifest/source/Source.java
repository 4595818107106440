package io.regrade.intake.manifest.source;

import io.regrade.intake.manifest.found.ManifestException;
import io.regrade.intake.manifest.found.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A file to be read: by its beginning, whole or as a stream. Not safe for use by two threads at a time. */
public final class Source {

    /** As much as formats are told apart by; the magic bytes of a tar archive lie at 257. */
    private static final int HEAD = 4096;

    private final String name;
    private final long size;
    private final Opener opener;
    private final ManifestLimits limits;
    private final Budget budget;
    private final byte[] head;
    private byte @Nullable [] whole;
    private @Nullable Text text;

    /** Opens the bytes from their beginning. */
    @FunctionalInterface
    private interface Opener {
        InputStream open() throws IOException;
    }

    private Source(String name, long size, Opener opener, ManifestLimits limits, Budget budget) {
        this.name = name;
        this.size = size;
        this.opener = opener;
        this.limits = limits;
        this.budget = budget;
        try (InputStream in = opener.open()) {
            head = in.readNBytes(HEAD);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /**
     * A file.
     *
     * @throws ManifestException when it cannot be read
     */
    public static Source of(Path file, ManifestLimits limits) {
        String name = file.toString();
        try {
            if (!Files.isRegularFile(file)) {
                throw new ManifestException(
                        Place.line(name, 0),
                        Files.exists(file)
                                ? "this is not a file"
                                : "there is no such file. Maybe the path is misspelled");
            }
            return new Source(
                    name, Files.size(file), () -> Files.newInputStream(file), limits, new Budget(limits, name));
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /** Bytes at hand; the array is not copied. */
    public static Source of(String name, byte[] bytes, ManifestLimits limits) {
        return new Source(name, bytes.length, () -> new ByteArrayInputStream(bytes), limits, new Budget(limits, name));
    }

    /** What lies within this, such as an entry of an archive; it shares this file's budget. */
    public Source within(String entry, byte[] bytes) {
        return new Source(
                name + "!" + ManifestException.shorten(entry),
                bytes.length,
                () -> new ByteArrayInputStream(bytes),
                limits,
                budget.deeper());
    }

    /** The same file decompressed: lines and offsets are of what was compressed. */
    Source unpacked(byte[] bytes) {
        return new Source(name, bytes.length, () -> new ByteArrayInputStream(bytes), limits, budget.deeper());
    }

    private static ManifestException unreadable(String name, IOException e) {
        String why = e instanceof AccessDeniedException
                ? "the file may not be read. Maybe its permissions are wrong"
                : e instanceof NoSuchFileException ? "there is no such file" : "the file cannot be read";
        return new ManifestException(Place.line(name, 0), why);
    }

    public String name() {
        return name;
    }

    public long size() {
        return size;
    }

    public ManifestLimits limits() {
        return limits;
    }

    /** What may still be decompressed for the file. */
    public Budget budget() {
        return budget;
    }

    /** The first 4 KiB, or all of it; not a copy. */
    public byte[] head() {
        return head;
    }

    /** Whether it begins with these bytes. */
    public boolean startsWith(int... magic) {
        return hasAt(0, magic);
    }

    /** Whether these bytes lie at an offset within the first 4 KiB. */
    public boolean hasAt(int offset, int... magic) {
        if (head.length < offset + magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[offset + i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** Its bytes from the beginning; whoever opens it closes it. */
    public InputStream open() {
        try {
            return opener.open();
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /**
     * All of it; not a copy.
     *
     * @throws ManifestException when it is larger than a binary may be
     */
    public byte[] bytes() {
        if (whole == null) {
            whole = read(limits.maxBinaryBytes());
        }
        return whole;
    }

    private byte[] read(int max) {
        if (size > max) {
            throw new ManifestException(
                    Place.line(name, 0),
                    "the file has " + size + " bytes; " + max + " are read at most. Maybe name what is in it");
        }
        if (size <= head.length) {
            return head.length == size ? head : Arrays.copyOf(head, (int) size);
        }
        try (InputStream in = open()) {
            return in.readNBytes(max);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /**
     * All of it as text.
     *
     * @throws ManifestException when it is too large or not in the encoding that it says
     */
    public Text text() {
        if (text == null) {
            text = Text.decode(
                    name, whole == null || whole.length > limits.maxTextBytes() ? read(limits.maxTextBytes()) : whole);
        }
        return text;
    }

    /** A place in the text. */
    public Place line(long line) {
        return Place.line(name, line);
    }

    /** A place in the bytes. */
    public Place at(long offset) {
        return Place.offset(name, offset);
    }

    /** A refusal of the whole. */
    public ManifestException refused(String problem) {
        return new ManifestException(Place.line(name, 0), problem);
    }
}
