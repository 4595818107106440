package io.regrade.tlog;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a log's checkpoint says (c2sp.org/tlog-checkpoint), without its signatures. Immutable.
 *
 * @param origin the log's identity
 * @param size the number of leaves
 * @param root the 32 bytes of the tree's root hash; not to be changed
 * @param extensions further lines, which mean nothing to Regrade
 */
public record Checkpoint(String origin, long size, byte[] root, List<String> extensions) {

    /** Copies the list, and checks that the checkpoint can be written. */
    public Checkpoint {
        extensions = List.copyOf(extensions);
        if (size < 0 || root.length != 32) {
            throw new MalformedException(
                    "a checkpoint of size " + size + " with a root of " + root.length + " bytes cannot be");
        }
        checkLine(origin, "origin");
        extensions.forEach(line -> checkLine(line, "extension line"));
    }

    /** A checkpoint without extensions. */
    public Checkpoint(String origin, long size, byte[] root) {
        this(origin, size, root, List.of());
    }

    /**
     * Reads a note's text.
     *
     * @throws MalformedException when it is no checkpoint
     */
    public static Checkpoint parse(String text) {
        if (!text.endsWith("\n")) {
            throw new MalformedException("the checkpoint does not end with a newline");
        }
        String[] lines = text.substring(0, text.length() - 1).split("\n", -1);
        if (lines.length < 3) {
            throw new MalformedException("the checkpoint has " + lines.length
                    + " lines, at least 3 are expected: origin, size and root hash");
        }
        return new Checkpoint(
                lines[0],
                DecimalText.number(lines[1], "the checkpoint's size"),
                Base64Text.hash(lines[2], "the checkpoint's root hash"),
                Arrays.asList(lines).subList(3, lines.length));
    }

    /** The text that is signed. */
    public String text() {
        StringBuilder out = new StringBuilder(origin)
                .append('\n')
                .append(size)
                .append('\n')
                .append(Base64Text.of(root))
                .append('\n');
        extensions.forEach(line -> out.append(line).append('\n'));
        return out.toString();
    }

    private static void checkLine(String line, String what) {
        if (line.isEmpty() || line.chars().anyMatch(c -> c < 0x20)) {
            throw new MalformedException("the checkpoint's " + what + " is empty or has a control character");
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Checkpoint that
                && size == that.size
                && origin.equals(that.origin)
                && Arrays.equals(root, that.root)
                && extensions.equals(that.extensions);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(size) ^ Arrays.hashCode(root);
    }

    @Override
    public String toString() {
        return origin + " " + size + " " + Base64Text.of(root);
    }
}
