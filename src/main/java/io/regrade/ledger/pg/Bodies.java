package io.regrade.ledger.pg;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictDecompress;
import io.regrade.ledger.pg.Dictionaries.Dictionary;
import java.sql.Connection;
import java.sql.SQLException;

/** Compresses bodies (Zstandard, RFC 8878). Thread-safe. */
final class Bodies {

    private static final int LEVEL = 3;
    private static final int MOST_BYTES = 256 << 20;

    private final Dictionaries dictionaries;

    /**
     * A compressed body.
     *
     * @param dictionary what it was compressed with, {@link Dictionaries#NONE} for none
     * @param bytes a Zstandard frame
     */
    record Body(int dictionary, byte[] bytes) {}

    Bodies(Dictionaries dictionaries) {
        this.dictionaries = dictionaries;
    }

    /** Compresses one of many bodies that are alike. */
    Body compress(String purpose, byte[] plain) {
        Dictionary dictionary = dictionaries.of(purpose);
        if (dictionary.compress() == null) {
            dictionaries.sample(purpose, plain);
            return new Body(Dictionaries.NONE, Zstd.compress(plain, LEVEL));
        }
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            context.setLevel(LEVEL);
            context.setDictID(false);
            context.loadDict(dictionary.compress());
            return new Body(dictionary.id(), context.compress(plain));
        }
    }

    /** Compresses a body that stands alone. */
    static byte[] compress(byte[] plain) {
        return Zstd.compress(plain, LEVEL);
    }

    /** The plain body again. */
    byte[] plain(Connection connection, int dictionary, byte[] compressed) throws SQLException {
        long size = Zstd.getFrameContentSize(compressed);
        if (size < 0 || size > MOST_BYTES) {
            throw new SQLException("a stored body is damaged: its size is " + size);
        }
        ZstdDictDecompress words = dictionaries.decompress(connection, dictionary);
        try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
            if (words != null) {
                context.loadDict(words);
            }
            return context.decompress(compressed, (int) size);
        }
    }

    /** A plain body that stood alone. */
    static byte[] plain(byte[] compressed) throws SQLException {
        long size = Zstd.getFrameContentSize(compressed);
        if (size < 0 || size > MOST_BYTES) {
            throw new SQLException("a stored body is damaged: its size is " + size);
        }
        return Zstd.decompress(compressed, (int) size);
    }
}
