package io.regrade.policy.bundle;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The path of a file in a bundle, as every file system can keep it. */
final class EntryPath {

    private static final int MOST_CHARS = 200;
    private static final int MOST_DEPTH = 8;
    private static final Pattern PART = Pattern.compile("[\\p{L}\\p{N}_]([\\p{L}\\p{N}_. +-]*[\\p{L}\\p{N}_+-])?");
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");

    private EntryPath() {}

    /** Whether a part begins with a dot, so that it is no file of the policy; {@code .} and {@code ..} are no such names. */
    static boolean isHidden(String path) {
        for (String part : path.split("/", -1)) {
            if (part.length() > 1 && part.charAt(0) == '.' && !part.equals("..")) {
                return true;
            }
        }
        return false;
    }

    /** What is wrong with a path; null when nothing is. */
    static BundleException.@Nullable Flaw flaw(String path, String shown) {
        String[] parts = path.split("/", -1);
        for (String part : parts) {
            if (part.equals("..") || part.isEmpty() || part.equals(".")) {
                return new BundleException.Flaw(
                        "path-escape", shown, "the path leads out of the policy's directory, or has an empty part");
            }
        }
        if (path.length() > MOST_CHARS || parts.length > MOST_DEPTH) {
            return new BundleException.Flaw(
                    "bad-path",
                    shown,
                    "the path is longer than " + MOST_CHARS + " characters or deeper than " + MOST_DEPTH);
        }
        for (String part : parts) {
            if (!PART.matcher(part).matches() || DEVICE.matcher(part).matches()) {
                return new BundleException.Flaw(
                        "bad-path",
                        shown,
                        "`" + printable(part) + "` is no name of a file here. Maybe letters, digits, `-`, `_` and `.`");
            }
        }
        return null;
    }

    static void require(String path, String shown) {
        BundleException.Flaw flaw = flaw(path, shown);
        if (flaw != null) {
            throw new BundleException(flaw.code(), flaw.file(), flaw.message());
        }
    }

    /** A name for a message: without what could move a terminal's cursor, and not endless. */
    static String printable(String name) {
        String plain = name.replaceAll("\\p{C}", "?");
        return plain.length() > 80 ? plain.substring(0, 80) + "…" : plain;
    }
}
