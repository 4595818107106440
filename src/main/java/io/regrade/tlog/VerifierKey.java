package io.regrade.tlog;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A public Ed25519 key of signed notes, a {@code vkey}: {@code name+id+base64}. Immutable and thread-safe. */
public final class VerifierKey {

    /** What goes before the 32 bytes of an Ed25519 key in DER (RFC 8410). */
    private static final byte[] DER = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

    private final String name;
    private final int id;
    private final byte[] key;

    private VerifierKey(String name, int id, byte[] key) {
        this.name = name;
        this.id = id;
        this.key = key;
    }

    /**
     * Reads a vkey.
     *
     * @throws MalformedException when it is none, or its id is not the one of its key
     */
    public static VerifierKey parse(String text) {
        String what = "the public key `" + Base64Text.shortened(text) + "`";
        KeyText.Parts parts = KeyText.parts(text, what);
        int id = KeyText.id(parts.name(), parts.key());
        if (id != parts.id()) {
            throw new MalformedException(what + " has the id " + KeyText.hex(parts.id())
                    + ", but the id of its name and key is " + KeyText.hex(id));
        }
        return new VerifierKey(parts.name(), id, parts.key());
    }

    /** A key of a name and the 32 bytes of RFC 8032. */
    public static VerifierKey of(String name, byte[] publicKey) {
        KeyText.checkName(name);
        if (publicKey.length != 32) {
            throw new MalformedException("a public key has " + publicKey.length + " bytes, 32 are expected");
        }
        return new VerifierKey(name, KeyText.id(name, publicKey), publicKey.clone());
    }

    /** The key's name. */
    public String name() {
        return name;
    }

    /** The key's id, which signatures carry. */
    public int id() {
        return id;
    }

    /** Whether a signature says that it was made with this key. */
    public boolean names(NoteSignature signature) {
        return signature.keyId() == id && signature.name().equals(name);
    }

    /** Whether a signature of 64 bytes over a message was made with this key. */
    public boolean verifies(byte[] message, byte[] signature) {
        try {
            byte[] der = Arrays.copyOf(DER, DER.length + key.length);
            System.arraycopy(key, 0, der, DER.length, key.length);
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
            ed25519.update(message);
            return ed25519.verify(signature);
        } catch (SignatureException e) {
            return false; // not even the form of a signature
        } catch (java.security.InvalidKeyException | java.security.spec.InvalidKeySpecException e) {
            return false; // the bytes are no point of the curve: nothing can be signed with them
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no Ed25519", e);
        }
    }

    /** The vkey. */
    @Override
    public String toString() {
        return KeyText.text(name, id, key);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VerifierKey that && name.equals(that.name) && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return id;
    }
}
