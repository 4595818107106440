package io.regrade.tlog;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A signature line of a note.
 *
 * @param name the key's name
 * @param keyId the key's id
 * @param signature what the key made of the note's text, 64 bytes for Ed25519; not to be changed
 */
public record NoteSignature(String name, int keyId, byte[] signature) {

    /** The id and the signature, as a line holds them after the name. */
    public String base64() {
        byte[] bytes = ByteBuffer.allocate(4 + signature.length)
                .putInt(keyId)
                .put(signature)
                .array();
        return Base64Text.of(bytes);
    }

    /**
     * Reads what a line holds after the name.
     *
     * @throws MalformedException when it is not base 64 of more than 4 bytes
     */
    public static NoteSignature parse(String name, String base64) {
        KeyText.checkName(name);
        byte[] bytes = Base64Text.bytes(base64, "the signature of `" + name + "`");
        if (bytes.length < 5) {
            throw new MalformedException("the signature of `" + name + "` is shorter than 5 bytes");
        }
        return new NoteSignature(name, ByteBuffer.wrap(bytes).getInt(), Arrays.copyOfRange(bytes, 4, bytes.length));
    }
}
