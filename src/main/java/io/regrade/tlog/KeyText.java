package io.regrade.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** What public and secret keys of signed notes have in common: {@code name+id+base64}, Ed25519 with type byte 1. */
final class KeyText {

    static final byte ED25519 = 1;
    private static final int KEY_BYTES = 32;

    private KeyText() {}

    /** A key's text, taken apart. */
    record Parts(String name, int id, byte[] key) {}

    /**
     * Takes {@code name+id+base64} apart.
     *
     * @param what names the text in a message
     */
    static Parts parts(String text, String what) {
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3) {
            throw new MalformedException(what + " is not of the form `name+id+base64`");
        }
        checkName(parts[0]);
        byte[] key = Base64Text.bytes(parts[2], "the key of " + what);
        if (key.length == 0 || key[0] != ED25519) {
            throw new MalformedException(what + " is not of the type Ed25519 (type byte 1)");
        }
        if (key.length != 1 + KEY_BYTES) {
            throw new MalformedException(
                    what + " has a key of " + (key.length - 1) + " bytes, " + KEY_BYTES + " are expected");
        }
        return new Parts(parts[0], id(parts[1], what), Arrays.copyOfRange(key, 1, key.length));
    }

    private static int id(String text, String what) {
        if (!text.matches("[0-9a-f]{8}")) {
            throw new MalformedException(what + " has the key id `" + Base64Text.shortened(text)
                    + "`, 8 lower-case hexadecimal digits are expected");
        }
        return HexFormat.fromHexDigits(text);
    }

    static String text(String name, int id, byte[] key) {
        return name + "+" + hex(id) + "+" + Base64Text.of(typed(key));
    }

    static String hex(int id) {
        return HexFormat.of().toHexDigits(id);
    }

    /** The first 4 bytes of SHA-256 over name, newline, type and public key. */
    static int id(String name, byte[] publicKey) {
        MessageDigest sha;
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
        sha.update((name + "\n").getBytes(UTF_8));
        byte[] digest = sha.digest(typed(publicKey));
        return (digest[0] & 0xff) << 24 | (digest[1] & 0xff) << 16 | (digest[2] & 0xff) << 8 | digest[3] & 0xff;
    }

    /** A name is not empty and has neither white space nor `+`. */
    static void checkName(String name) {
        boolean spaced = name.codePoints()
                .anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c));
        if (name.isEmpty() || spaced || name.indexOf('+') >= 0) {
            throw new MalformedException("the key name `" + Base64Text.shortened(name)
                    + "` is empty, or has white space or `+`. Maybe `example.org/log`");
        }
    }

    private static byte[] typed(byte[] key) {
        byte[] typed = new byte[1 + key.length];
        typed[0] = ED25519;
        System.arraycopy(key, 0, typed, 1, key.length);
        return typed;
    }
}
