package io.regrade.intake.manifest.found;

/**
 * Where something was found.
 *
 * @param file the file, with {@code !} before what is within it, such as {@code shop.ova!shop.ovf}
 * @param line the line, counted from 1; 0 in a binary file
 * @param offset the byte, counted from 0; -1 in a text
 */
public record Place(String file, long line, long offset) {

    /** A line of a text; 0 for the whole of it. */
    public static Place line(String file, long line) {
        return new Place(file, line, -1);
    }

    /** A byte of a binary file. */
    public static Place offset(String file, long offset) {
        return new Place(file, 0, offset);
    }

    /** {@code file:line}, or {@code file@0x40} for a byte. */
    @Override
    public String toString() {
        return line > 0 ? file + ":" + line : offset >= 0 ? file + "@0x" + Long.toHexString(offset) : file;
    }
}
