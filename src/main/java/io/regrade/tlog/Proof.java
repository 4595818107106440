package io.regrade.tlog;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A proof that an entry is in a log (c2sp.org/tlog-proof), as text. Immutable.
 *
 * @param extra bytes that the proof does not vouch for, null for none; not to be changed
 * @param index the entry's index
 * @param hashes the inclusion proof of RFC 6962 section 2.1.1, from the leaf's sibling up; not to be changed
 * @param checkpoint the signed note of the checkpoint that the proof leads to
 */
public record Proof(byte @Nullable [] extra, long index, List<byte[]> hashes, Note checkpoint) {

    private static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final int MOST_HASHES = 63;

    /** Copies the list. */
    public Proof {
        hashes = List.copyOf(hashes);
    }

    /**
     * Reads a proof.
     *
     * @throws MalformedException when it is none
     */
    public static Proof parse(String text) {
        int blank = text.indexOf("\n\n");
        if (!text.startsWith(HEADER + "\n")) {
            throw new MalformedException("the proof does not start with `" + HEADER + "`");
        }
        if (blank < 0) {
            throw new MalformedException("the proof has no blank line before its checkpoint");
        }
        String[] lines = text.substring(0, blank).split("\n", -1);
        int at = 1;
        byte[] extra = null;
        if (at < lines.length && lines[at].startsWith(EXTRA)) {
            extra = Base64Text.bytes(lines[at].substring(EXTRA.length()), "the proof's extra data");
            at++;
        }
        if (at == lines.length || !lines[at].startsWith(INDEX)) {
            throw new MalformedException("line " + (at + 1) + " of the proof does not start with `" + INDEX + "`");
        }
        long index = DecimalText.number(lines[at].substring(INDEX.length()), "the proof's index");
        at++;
        if (lines.length - at > MOST_HASHES) {
            throw new MalformedException("the proof has more than " + MOST_HASHES + " hashes");
        }
        List<byte[]> hashes = new ArrayList<>();
        for (; at < lines.length; at++) {
            hashes.add(Base64Text.hash(lines[at], "the hash in line " + (at + 1) + " of the proof"));
        }
        return new Proof(extra, index, hashes, Note.parse(text.substring(blank + 2)));
    }

    /** The proof as it is written. */
    public String format() {
        StringBuilder out = new StringBuilder(HEADER).append('\n');
        if (extra != null) {
            out.append(EXTRA).append(Base64Text.of(extra)).append('\n');
        }
        out.append(INDEX).append(index).append('\n');
        hashes.forEach(hash -> out.append(Base64Text.of(hash)).append('\n'));
        return out.append('\n').append(checkpoint.format()).toString();
    }
}
