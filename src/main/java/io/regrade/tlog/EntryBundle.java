package io.regrade.tlog;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A bundle of entries (c2sp.org/tlog-tiles): each after its length, a big-endian uint16. */
public final class EntryBundle {

    /** The longest entry, bytes. */
    public static final int MOST_BYTES = 65_535;

    private EntryBundle() {}

    /**
     * What could be read of a bundle.
     *
     * @param entries the entries before the first that is cut off
     * @param rest how many bytes follow them that are no whole entry; 0 for a well-formed bundle
     */
    public record Read(List<byte[]> entries, int rest) {}

    /** Writes entries, none longer than {@link #MOST_BYTES}. */
    public static byte[] format(List<byte[]> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(entries.size() * 512);
        for (byte[] entry : entries) {
            if (entry.length > MOST_BYTES) {
                throw new MalformedException(
                        "an entry has " + entry.length + " bytes, at most " + MOST_BYTES + " are possible");
            }
            out.write(entry.length >>> 8);
            out.write(entry.length);
            out.writeBytes(entry);
        }
        return out.toByteArray();
    }

    /** Reads as many whole entries as there are. */
    public static Read read(byte[] bundle) {
        List<byte[]> entries = new ArrayList<>(256);
        int at = 0;
        while (at + 2 <= bundle.length) {
            int length = (bundle[at] & 0xff) << 8 | bundle[at + 1] & 0xff;
            if (at + 2 + length > bundle.length) {
                break;
            }
            entries.add(Arrays.copyOfRange(bundle, at + 2, at + 2 + length));
            at += 2 + length;
        }
        return new Read(entries, bundle.length - at);
    }

    /**
     * Reads a bundle.
     *
     * @throws MalformedException when its last entry is cut off
     */
    public static List<byte[]> parse(byte[] bundle) {
        Read read = read(bundle);
        if (read.rest() > 0) {
            throw new MalformedException("entry " + read.entries().size() + " of the bundle is cut off");
        }
        return read.entries();
    }
}
