package io.regrade.tlog;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a tile or an entry bundle is below a log's address (c2sp.org/tlog-tiles), such as {@code tile/0/x001/234.p/5}.
 *
 * @param level 0 to 63, or {@link #ENTRIES}
 * @param index which one of its level, from 0
 * @param width how many hashes or entries it has, 1 to 256; fewer than 256 make a partial tile
 */
public record TilePath(int level, long index, int width) {

    /** The "level" of entry bundles. */
    public static final int ENTRIES = -1;
    /** The hashes of a full tile. */
    public static final int FULL = 256;

    private static final int MOST_LEVEL = 63;
    private static final String PREFIX = "tile/";
    private static final int MOST_GROUPS = 6; // 10^18 tiles

    /** Checks the ranges. */
    public TilePath {
        if (level < ENTRIES || level > MOST_LEVEL || index < 0 || width < 1 || width > FULL) {
            throw new MalformedException(
                    "there is no tile with level " + level + ", index " + index + " and width " + width);
        }
    }

    /** Where a bundle of entries is. */
    public static TilePath entries(long index, int width) {
        return new TilePath(ENTRIES, index, width);
    }

    /** Whether this is a bundle of entries. */
    public boolean isEntries() {
        return level == ENTRIES;
    }

    /** Whether it has all its hashes or entries. */
    public boolean isFull() {
        return width == FULL;
    }

    /**
     * Reads a path.
     *
     * @param path such as {@code tile/0/000} or {@code tile/entries/x001/234.p/17}, without a slash in front
     * @throws MalformedException when it is no tile's path in its one canonical spelling
     */
    public static TilePath parse(String path) {
        int slash = path.indexOf('/', PREFIX.length());
        if (!path.startsWith(PREFIX) || slash < 0) {
            throw malformed(path, "`tile/<level>/<index>` or `tile/entries/<index>` is expected");
        }
        String level = path.substring(PREFIX.length(), slash);
        String rest = path.substring(slash + 1);
        int width = FULL;
        int dot = rest.indexOf(".p/");
        if (dot >= 0) {
            long partial = number(rest.substring(dot + 3), path, "the width");
            if (partial < 1 || partial >= FULL) {
                throw malformed(path, "the width of a partial tile is from 1 to 255");
            }
            width = (int) partial;
            rest = rest.substring(0, dot);
        }
        return new TilePath(level(level, path), index(rest, path), width);
    }

    private static int level(String text, String path) {
        if (text.equals("entries")) {
            return ENTRIES;
        }
        long level = number(text, path, "the level");
        if (level > MOST_LEVEL) {
            throw malformed(path, "the level is from 0 to " + MOST_LEVEL);
        }
        return (int) level;
    }

    private static long index(String text, String path) {
        String[] groups = text.split("/", -1);
        if (groups.length > MOST_GROUPS) {
            throw malformed(path, "the index is too long");
        }
        long index = 0;
        for (int i = 0; i < groups.length; i++) {
            boolean last = i == groups.length - 1;
            String pattern = last ? "[0-9]{3}" : "x[0-9]{3}";
            boolean padded = i == 0 && !last && groups[i].equals("x000");
            if (!groups[i].matches(pattern) || padded) {
                throw malformed(path, "the index is groups of three digits, all but the last after an `x`");
            }
            index = index * 1000 + Integer.parseInt(groups[i].substring(last ? 0 : 1));
        }
        return index;
    }

    private static long number(String text, String path, String what) {
        try {
            return DecimalText.number(text, what);
        } catch (MalformedException e) {
            throw malformed(path, e.getMessage());
        }
    }

    private static MalformedException malformed(String path, @Nullable String why) {
        return new MalformedException("`" + Base64Text.shortened(path) + "` is no path of a tile: " + why);
    }

    /** The path, without a slash in front. */
    @Override
    public String toString() {
        StringBuilder groups = new StringBuilder(String.format(Locale.ROOT, "%03d", index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            groups.insert(0, String.format(Locale.ROOT, "x%03d/", rest % 1000));
        }
        return PREFIX + (isEntries() ? "entries" : level) + "/" + groups + (isFull() ? "" : ".p/" + width);
    }
}
