package io.regrade.intake.manifest.binary;

import io.regrade.intake.manifest.source.Cursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an ELF file loads.
 *
 * @param needed names of libraries, in their order
 * @param glibc the oldest release of the GNU C library that has all it calls, null when it says none
 */
record ElfLibraries(List<String> needed, @Nullable String glibc) {

    private static final int MAX = 2000;
    private static final long DT_NEEDED = 1;
    private static final long DT_STRTAB = 5;
    private static final long DT_VERNEED = 0x6fff_fffeL;
    private static final long DT_VERNEEDNUM = 0x6fff_ffffL;
    private static final Pattern GLIBC = Pattern.compile("GLIBC_(\\d{1,4})\\.(\\d{1,4})(?:\\.\\d+)?");

    static ElfLibraries of(ElfFile file, ElfFile.Segment dynamic) {
        Cursor cursor = file.cursor();
        int size = file.wide() ? 16 : 8;
        List<Long> names = new ArrayList<>();
        long strings = -1;
        long versions = -1;
        long versionCount = 0;
        for (long at = dynamic.offset(); cursor.has(at, size) && at < dynamic.offset() + dynamic.size(); at += size) {
            long tag = cursor.u32(at); // tags that matter have no upper half
            long value = file.wide() ? cursor.u32(at + 8) | (cursor.u32(at + 12) << 32) : cursor.u32(at + 4);
            if (tag == 0) {
                break;
            } else if (tag == DT_NEEDED && names.size() < MAX) {
                names.add(value);
            } else if (tag == DT_STRTAB) {
                strings = file.offsetOf(value);
            } else if (tag == DT_VERNEED) {
                versions = file.offsetOf(value);
            } else if (tag == DT_VERNEEDNUM) {
                versionCount = value;
            }
        }
        if (strings < 0) {
            return new ElfLibraries(List.of(), null);
        }
        List<String> needed = new ArrayList<>();
        for (long name : names) {
            needed.add(cursor.text(strings + name));
        }
        return new ElfLibraries(
                List.copyOf(needed), versions < 0 ? null : glibc(cursor, versions, versionCount, strings));
    }

    /** The newest of the versions named, in the list of lists that symbol versions are. */
    private static @Nullable String glibc(Cursor cursor, long from, long count, long strings) {
        int[] newest = null;
        int looked = 0;
        long at = from;
        for (long i = 0; i < count && looked < MAX; i++) {
            int entries = cursor.u16(at + 2);
            long entry = at + cursor.u32(at + 8);
            for (int j = 0; j < entries && looked < MAX; j++) {
                looked++;
                Matcher version = GLIBC.matcher(cursor.text(strings + cursor.u32(entry + 8)));
                if (version.matches()) {
                    int[] found = {Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2))};
                    newest = newest == null || Arrays.compare(found, newest) > 0 ? found : newest;
                }
                long next = cursor.u32(entry + 12);
                if (next == 0) {
                    break;
                }
                entry += next;
            }
            looked++;
            long next = cursor.u32(at + 12);
            if (next == 0) {
                break;
            }
            at += next;
        }
        return newest == null ? null : newest[0] + "." + newest[1];
    }
}
