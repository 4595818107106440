package io.regrade.intake.manifest.binary;

import io.regrade.intake.manifest.source.Cursor;

/** The level of x86-64 that an ELF file says it needs ({@code NT_GNU_PROPERTY_TYPE_0}, x86-64 psABI). */
final class ElfNotes {

    private static final long GNU_PROPERTY = 5;
    private static final long X86_ISA_1_NEEDED = 0xc000_8002L;
    private static final int GNU_NAME = 0x0055_4e47; // "GNU\0", least byte first
    private static final int X86_64 = 62;
    /** Notes are some dozens of bytes. */
    private static final long MAX_BYTES = 64 << 10;

    private ElfNotes() {}

    /** 1 to 4; 0 when the segment says nothing of it. */
    static int x86Level(ElfFile file, ElfFile.Segment segment) {
        Cursor cursor = file.cursor();
        if (file.machine() != X86_64 || !cursor.has(segment.offset(), segment.size())) {
            return 0;
        }
        long at = segment.offset();
        long end = segment.offset() + Math.min(segment.size(), MAX_BYTES);
        int level = 0;
        while (at + 12 <= end) {
            long nameSize = cursor.u32(at);
            long size = cursor.u32(at + 4);
            long type = cursor.u32(at + 8);
            long content = at + 12 + align(nameSize, 4);
            if (content + size > end) {
                return level; // not ours: other segments are aligned otherwise
            }
            if (type == GNU_PROPERTY && nameSize == 4 && cursor.u32(at + 12) == GNU_NAME) {
                level = Math.max(level, properties(cursor, content, content + size));
            }
            at = content + align(size, 8);
        }
        return level;
    }

    private static int properties(Cursor cursor, long from, long end) {
        long at = from;
        int level = 0;
        while (at + 8 <= end) {
            long type = cursor.u32(at);
            long size = cursor.u32(at + 4);
            if (type == X86_ISA_1_NEEDED && size >= 4 && at + 12 <= end) {
                long bits = cursor.u32(at + 8) & 0xf;
                level = 32 - Integer.numberOfLeadingZeros((int) bits);
            }
            at += 8 + align(size, 8);
        }
        return level;
    }

    private static long align(long size, int to) {
        return (size + to - 1) / to * to;
    }
}
