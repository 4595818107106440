package io.regrade.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/**
 * A secret Ed25519 key of signed notes: {@code PRIVATE+KEY+name+id+base64}. Immutable and thread-safe. Its text is
 * only given by {@link #secret()}, so that it does not end up in a log by accident.
 */
public final class SigningKey {

    private static final String PREFIX = "PRIVATE+KEY+";
    private static final int SEED_BYTES = 32;

    private final byte[] seed;
    private final PrivateKey key;
    private final VerifierKey verifier;

    private SigningKey(String name, byte[] seed) {
        this.seed = seed;
        this.verifier = VerifierKey.of(name, publicKey(seed));
        try {
            this.key = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no Ed25519", e);
        }
    }

    /**
     * Reads a secret key. No message repeats any of it.
     *
     * @throws MalformedException when it is none, or its id is not the one of its key
     */
    public static SigningKey parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new MalformedException("the secret key does not start with `" + PREFIX + "`");
        }
        KeyText.Parts parts;
        try {
            parts = KeyText.parts(text.substring(PREFIX.length()), "the secret key");
        } catch (MalformedException e) {
            throw new MalformedException(
                    text.chars().filter(c -> c == '+').count() < 4
                            ? "the secret key is not of the form `PRIVATE+KEY+name+id+base64`"
                            : "the secret key is not of the form `PRIVATE+KEY+name+id+base64` with an Ed25519 key");
        }
        SigningKey key = new SigningKey(parts.name(), parts.key());
        if (key.verifier.id() != parts.id()) {
            throw new MalformedException("the secret key has the id " + KeyText.hex(parts.id())
                    + ", but the id of its name and key is " + KeyText.hex(key.verifier.id()));
        }
        return key;
    }

    /** A new key. */
    public static SigningKey generate(String name, SecureRandom random) {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        return new SigningKey(name, seed);
    }

    /** The secret key's text, {@code PRIVATE+KEY+…}. */
    public String secret() {
        return PREFIX + KeyText.text(verifier.name(), verifier.id(), seed);
    }

    /** The public key. */
    public VerifierKey verifier() {
        return verifier;
    }

    /** Signs a note's text. */
    public NoteSignature sign(String text) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(key);
            ed25519.update(text.getBytes(UTF_8));
            return new NoteSignature(verifier.name(), verifier.id(), ed25519.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing failed", e);
        }
    }

    /** The public key of a seed: the JDK computes one only for a new pair, so it is given the seed as its dice. */
    private static byte[] publicKey(byte[] seed) {
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance("Ed25519");
            pairs.initialize(NamedParameterSpec.ED25519, new Loaded(seed));
            KeyPair pair = pairs.generateKeyPair();
            byte[] made = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElse(new byte[0]);
            if (!Arrays.equals(made, seed)) {
                throw new IllegalStateException("this Java runtime does not make an Ed25519 key of its seed");
            }
            var point = ((EdECPublicKey) pair.getPublic()).getPoint();
            byte[] bigEndian = point.getY().toByteArray();
            byte[] bytes = new byte[32];
            for (int i = 0; i < Math.min(32, bigEndian.length); i++) {
                bytes[i] = bigEndian[bigEndian.length - 1 - i];
            }
            if (point.isXOdd()) {
                bytes[31] |= (byte) 0x80;
            }
            return bytes;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no Ed25519", e);
        }
    }

    /** Dice that fall as told. */
    private static final class Loaded extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] fall;

        Loaded(byte[] fall) {
            this.fall = fall.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(fall, 0, bytes, 0, Math.min(fall.length, bytes.length));
        }
    }
}
