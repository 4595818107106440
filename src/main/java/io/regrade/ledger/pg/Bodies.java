package io.regrade.ledger.pg;

import com.github.luben.zstd.Zstd;
import io.regrade.ledger.pack.DamagedPackException;
import io.regrade.ledger.pack.PackDictionary;
import io.regrade.ledger.pg.Dictionaries.Dictionary;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Makes bodies small: those that are alike are packed with what was learnt of the first of them, others and those first
 * ones are compressed each by itself (Zstandard, RFC 8878). Thread-safe.
 */
final class Bodies {

    /** Facts of machines. */
    static final String FACTS = "facts";
    /** The log's entries about decisions. */
    static final String ENTRY = "entry";

    private static final int LEVEL = 3;
    private static final PackDictionary FRAMES = PackDictionary.ofZstandard(new byte[0]);

    private final Dictionaries dictionaries;

    /**
     * A body as it is stored.
     *
     * @param dictionary what it was packed with, {@link Dictionaries#NONE} when it is a Zstandard frame
     * @param bytes what is left of it
     */
    record Body(int dictionary, byte[] bytes) {}

    Bodies(Dictionaries dictionaries) {
        this.dictionaries = dictionaries;
    }

    /**
     * Packs one of many bodies that are alike.
     *
     * @param context strings that are known where it is read, too
     * @param subject whom it tells of
     */
    Body pack(String purpose, byte[] plain, List<byte[]> context, Subject subject) {
        if (!canPack(purpose)) {
            dictionaries.sample(purpose, plain, context, subject);
        }
        return pack(purpose, plain, context);
    }

    /** Packs a body of which nothing is to be learnt. */
    Body pack(String purpose, byte[] plain, List<byte[]> context) {
        Dictionary dictionary = dictionaries.of(purpose);
        return dictionary == null
                ? alone(plain)
                : new Body(dictionary.id(), dictionary.words().pack(plain, context));
    }

    /** Whether bodies of a purpose are packed by now. */
    boolean canPack(String purpose) {
        return dictionaries.of(purpose) != null;
    }

    /** A body that is like no others. */
    static Body alone(byte[] plain) {
        return new Body(Dictionaries.NONE, compress(plain));
    }

    /** Compresses a body that stands alone. */
    static byte[] compress(byte[] plain) {
        return Zstd.compress(plain, LEVEL);
    }

    /** The plain body again; the context is the one it was packed with. */
    byte[] plain(Connection connection, Body body, List<byte[]> context) throws SQLException {
        return plain(
                body.dictionary() == Dictionaries.NONE ? FRAMES : dictionaries.byId(connection, body.dictionary()),
                body.bytes(),
                context);
    }

    /** A plain body that stood alone. */
    static byte[] plain(byte[] compressed) throws DamagedBodyException {
        return plain(FRAMES, compressed, List.of());
    }

    private static byte[] plain(PackDictionary dictionary, byte[] bytes, List<byte[]> context)
            throws DamagedBodyException {
        try {
            return dictionary.unpack(bytes, context);
        } catch (DamagedPackException e) {
            throw new DamagedBodyException(e);
        }
    }
}
