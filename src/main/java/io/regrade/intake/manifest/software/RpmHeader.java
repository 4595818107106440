package io.regrade.intake.manifest.software;

import io.regrade.intake.manifest.source.Cursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A header of an RPM package: an index of tags and a store of their values.
 *
 * @param start where it begins
 * @param end where it ends
 * @param store where its values begin
 * @param tags the entries of the index by tag
 */
record RpmHeader(Cursor cursor, long start, long end, long store, Map<Integer, Entry> tags) {

    private static final long MAGIC = 0x8eade801L;
    private static final int ENTRY = 16;
    private static final int MAX_ENTRIES = 65_536;
    private static final int MAX_TEXTS = 20_000;
    private static final int STRING = 6;
    private static final int STRINGS = 8;
    private static final int TRANSLATED = 9;

    /** An entry of the index. */
    record Entry(int type, long offset, int count) {}

    static RpmHeader at(Cursor cursor, long start) {
        if (cursor.u32(start) != MAGIC) {
            throw cursor.refused(start, "here should be a header of the package. Maybe it is damaged");
        }
        long entries = cursor.u32(start + 8);
        long size = cursor.u32(start + 12);
        if (entries > MAX_ENTRIES) {
            throw cursor.refused(start + 8, "there are " + entries + " tags; " + MAX_ENTRIES + " are read at most");
        }
        long store = start + ENTRY + entries * ENTRY;
        if (!cursor.has(store, size)) {
            throw cursor.refused(start + 12, "the header is larger than the file. Maybe it was not copied completely");
        }
        Map<Integer, Entry> tags = new HashMap<>();
        for (int i = 0; i < entries; i++) {
            long at = start + ENTRY + (long) i * ENTRY;
            long count = cursor.u32(at + 12);
            tags.putIfAbsent((int) cursor.u32(at), new Entry((int) cursor.u32(at + 4), cursor.u32(at + 8), (int)
                    Math.min(count, MAX_TEXTS)));
        }
        return new RpmHeader(cursor, start, store + size, store, tags);
    }

    /** The text of a tag, null when it has none. */
    @Nullable
    String text(int tag) {
        Entry entry = tags.get(tag);
        if (entry == null || (entry.type != STRING && entry.type != STRINGS && entry.type != TRANSLATED)) {
            return null;
        }
        return cursor.text(store + entry.offset);
    }

    /** The texts of a tag. */
    List<String> texts(int tag) {
        Entry entry = tags.get(tag);
        List<String> texts = new ArrayList<>();
        if (entry == null || entry.type != STRINGS) {
            return texts;
        }
        long at = store + entry.offset;
        for (int i = 0; i < entry.count && at < end; i++) {
            String text = cursor.text(at);
            texts.add(text);
            at += text.getBytes(StandardCharsets.UTF_8).length + 1L;
        }
        return texts;
    }

    /** Where the value of a tag lies, or the header when it has none. */
    long place(int tag) {
        Entry entry = tags.get(tag);
        return entry == null ? start : store + entry.offset;
    }
}
