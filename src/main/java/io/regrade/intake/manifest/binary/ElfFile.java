package io.regrade.intake.manifest.binary;

import io.regrade.intake.manifest.source.Cursor;
import java.util.ArrayList;
import java.util.List;

/**
 * The header of an ELF file and its segments.
 *
 * @param cursor its bytes
 * @param wide whether it is of 64 bits
 * @param machine the processor, {@code e_machine}
 * @param segments in their order
 */
record ElfFile(Cursor cursor, boolean wide, int machine, List<Segment> segments) {

    private static final int MAX_SEGMENTS = 512;

    /**
     * A segment of the program header.
     *
     * @param type {@code p_type}
     * @param offset where it lies in the file
     * @param address where it is loaded to
     * @param size its bytes in the file
     */
    record Segment(int type, long offset, long address, long size) {}

    static ElfFile open(Cursor cursor) {
        int width = cursor.u8(4);
        if (width != 1 && width != 2) {
            throw cursor.refused(4, "the width is neither 32 nor 64 bits. Maybe this is no ELF file");
        }
        boolean wide = width == 2;
        int machine = cursor.u16(18);
        long at = wide ? cursor.u64(32) : cursor.u32(28);
        int size = cursor.u16(wide ? 54 : 42);
        int count = cursor.u16(wide ? 56 : 44);
        if (count > MAX_SEGMENTS) {
            throw cursor.refused(
                    wide ? 56 : 44, "there are " + count + " segments; " + MAX_SEGMENTS + " are read at most");
        }
        if (count > 0 && size < (wide ? 56 : 32)) {
            throw cursor.refused(wide ? 54 : 42, "a segment's entry has " + size + " bytes, which are too few");
        }
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long entry = at + (long) i * size;
            segments.add(
                    wide
                            ? new Segment(
                                    (int) cursor.u32(entry),
                                    cursor.u64(entry + 8),
                                    cursor.u64(entry + 16),
                                    cursor.u64(entry + 32))
                            : new Segment(
                                    (int) cursor.u32(entry),
                                    cursor.u32(entry + 4),
                                    cursor.u32(entry + 8),
                                    cursor.u32(entry + 16)));
        }
        return new ElfFile(cursor, wide, machine, List.copyOf(segments));
    }

    /** Where an address of the loaded program lies in the file; -1 when it is in no segment. */
    long offsetOf(long address) {
        for (Segment segment : segments) {
            if (segment.type() == 1 && address >= segment.address() && address - segment.address() < segment.size()) {
                return segment.offset() + (address - segment.address());
            }
        }
        return -1;
    }
}
