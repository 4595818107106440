package io.regrade.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/**
 * A signed note (c2sp.org/signed-note): a text and who signed it. Immutable.
 *
 * @param text ends with a newline; what is signed
 * @param signatures at least one
 */
public record Note(String text, List<NoteSignature> signatures) {

    private static final int MOST_SIGNATURES = 64;
    private static final String DASH = "— ";

    /** Copies the list, and checks that the note can be written. */
    public Note {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n")) {
            throw new MalformedException("the note's text does not end with a newline");
        }
        if (signatures.isEmpty()) {
            throw new MalformedException("the note has no signature");
        }
    }

    /**
     * Reads a note's bytes.
     *
     * @throws MalformedException when it is no signed note
     */
    public static Note parse(byte[] bytes) {
        try {
            return parse(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            throw new MalformedException("the note is not UTF-8 text");
        }
    }

    /**
     * Reads a note.
     *
     * @throws MalformedException when it is no signed note
     */
    public static Note parse(String note) {
        int control = firstControl(note);
        if (control >= 0) {
            throw new MalformedException("the note has a control character, at offset " + control);
        }
        int blank = note.lastIndexOf("\n\n");
        if (blank < 0) {
            throw new MalformedException("the note has no blank line between its text and its signatures");
        }
        if (!note.endsWith("\n") || blank + 2 == note.length()) {
            throw new MalformedException("the note does not end with signature lines");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : note.substring(blank + 2, note.length() - 1).split("\n", -1)) {
            if (signatures.size() == MOST_SIGNATURES) {
                throw new MalformedException("the note has more than " + MOST_SIGNATURES + " signatures");
            }
            signatures.add(signature(line));
        }
        return new Note(note.substring(0, blank + 1), signatures);
    }

    private static NoteSignature signature(String line) {
        String[] parts = line.startsWith(DASH) ? line.substring(DASH.length()).split(" ", -1) : new String[0];
        if (parts.length != 2) {
            throw new MalformedException(
                    "the signature line `" + Base64Text.shortened(line) + "` is not of the form `— name base64`");
        }
        return NoteSignature.parse(parts[0], parts[1]);
    }

    private static int firstControl(String note) {
        for (int i = 0; i < note.length(); i++) {
            if (note.charAt(i) < 0x20 && note.charAt(i) != '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Whether the note is signed with a key: one signature names it, and every one that does is right. */
    public boolean isSignedBy(VerifierKey key) {
        List<NoteSignature> named = signatures.stream().filter(key::names).toList();
        byte[] message = text.getBytes(UTF_8);
        return !named.isEmpty() && named.stream().allMatch(one -> key.verifies(message, one.signature()));
    }

    /** The note as it is written. */
    public String format() {
        StringBuilder out = new StringBuilder(text).append('\n');
        for (NoteSignature signature : signatures) {
            out.append(DASH)
                    .append(signature.name())
                    .append(' ')
                    .append(signature.base64())
                    .append('\n');
        }
        return out.toString();
    }
}
