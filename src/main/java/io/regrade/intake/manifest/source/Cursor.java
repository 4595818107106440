package io.regrade.intake.manifest.source;

import io.regrade.intake.manifest.found.ManifestException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Numbers and texts of a binary file at their offsets; whatever lies outside of it is refused with the offset. */
public final class Cursor {

    private static final int MAX_TEXT = 4096;

    private final Source source;
    private final ByteBuffer bytes;

    /** Looks at all bytes of a source. */
    public Cursor(Source source, ByteOrder order) {
        this.source = source;
        this.bytes = ByteBuffer.wrap(source.bytes()).order(order);
    }

    public long size() {
        return bytes.capacity();
    }

    /** An unsigned byte. */
    public int u8(long offset) {
        return bytes.get(checked(offset, 1)) & 0xff;
    }

    /** An unsigned number of two bytes. */
    public int u16(long offset) {
        return bytes.getShort(checked(offset, 2)) & 0xffff;
    }

    /** An unsigned number of four bytes. */
    public long u32(long offset) {
        return bytes.getInt(checked(offset, 4)) & 0xffff_ffffL;
    }

    /** A number of eight bytes; refused when it is beyond what a file can have. */
    public long u64(long offset) {
        long value = bytes.getLong(checked(offset, 8));
        if (value < 0) {
            throw refused(offset, "the number here is larger than any file");
        }
        return value;
    }

    /** A text that ends with a zero byte, at most 4,096 bytes. */
    public String text(long offset) {
        int from = checked(offset, 1);
        int end = from;
        while (end < bytes.capacity() && bytes.get(end) != 0) {
            if (++end - from > MAX_TEXT) {
                throw refused(offset, "the text here is longer than " + MAX_TEXT + " bytes");
            }
        }
        if (end == bytes.capacity()) {
            throw refused(offset, "the text here has no end. Maybe the file was not copied completely");
        }
        return new String(bytes.array(), from, end - from, StandardCharsets.UTF_8);
    }

    /** Whether so many bytes lie at an offset. */
    public boolean has(long offset, long length) {
        return offset >= 0 && length >= 0 && offset <= bytes.capacity() - length;
    }

    /** A refusal at an offset. */
    public ManifestException refused(long offset, String problem) {
        return new ManifestException(source.at(offset), problem);
    }

    private int checked(long offset, int length) {
        if (!has(offset, length)) {
            throw refused(
                    Math.max(0, offset),
                    "the file ends at " + bytes.capacity() + ", before what should be here. Maybe it was not copied"
                            + " completely");
        }
        return (int) offset;
    }
}
