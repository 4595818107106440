package io.regrade.tlog;

import java.util.Base64;

/** Standard base 64 with padding (RFC 4648, section 4), in its one canonical spelling. */
final class Base64Text {

    private Base64Text() {}

    static String of(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * Reads bytes.
     *
     * @param what names the text in a message, such as {@code the root hash}
     * @throws MalformedException unless the text is what {@link #of} would write
     */
    static byte[] bytes(String text, String what) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedException(what + " `" + shortened(text) + "` is not base 64");
        }
        if (!of(bytes).equals(text)) {
            throw new MalformedException(what + " `" + shortened(text) + "` is not the canonical base 64 of its bytes");
        }
        return bytes;
    }

    static byte[] hash(String text, String what) {
        byte[] bytes = bytes(text, what);
        if (bytes.length != 32) {
            throw new MalformedException(what + " has " + bytes.length + " bytes, 32 are expected");
        }
        return bytes;
    }

    static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 77) + "…";
    }
}
