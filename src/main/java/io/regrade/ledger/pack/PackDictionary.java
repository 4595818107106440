package io.regrade.ledger.pack;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictDecompress;
import com.github.luben.zstd.ZstdDictTrainer;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What bodies of canonical JSON that are alike are packed with: their common phrases, names and bins' values, and what
 * Zstandard (RFC 8878) learnt of what is left of them. Immutable, thread-safe.
 *
 * <p>A packed body can only be read with the very dictionary and the very context it was packed with.
 */
public final class PackDictionary {

    private static final byte[] MAGIC = {'R', 'G', 'P', '1'};
    private static final int LEVEL = 3;
    private static final int LEARNT_BYTES = 32 << 10;
    private static final int SAMPLE_ROOM = 16 << 20;
    private static final int MOST_BYTES = 256 << 20;

    private static final int PLAIN = 0;
    private static final int COMPRESSED = 1;

    private final boolean packs;
    private final Vocabulary vocabulary;
    private final byte[] learnt;
    private final @Nullable ZstdDictCompress writing;
    private final @Nullable ZstdDictDecompress reading;
    private final Queue<ZstdCompressCtx> writers = new ConcurrentLinkedQueue<>();
    private final Queue<ZstdDecompressCtx> readers = new ConcurrentLinkedQueue<>();

    private PackDictionary(boolean packs, Vocabulary vocabulary, byte[] learnt) {
        this.packs = packs;
        this.vocabulary = vocabulary;
        this.learnt = learnt;
        this.writing = learnt.length == 0 ? null : new ZstdDictCompress(learnt, LEVEL);
        this.reading = learnt.length == 0 ? null : new ZstdDictDecompress(learnt);
    }

    /** Learns of bodies that are alike; a hundred are enough. What only one machine's bodies say is not in what is learnt. */
    public static PackDictionary learn(List<Sample> samples) {
        Lesson lesson = new Lesson(samples);
        Vocabulary vocabulary = lesson.vocabulary();
        ZstdDictTrainer trainer = new ZstdDictTrainer(SAMPLE_ROOM, LEARNT_BYTES);
        for (Sample sample : samples) {
            if (!trainer.addSample(Packing.common(sample, vocabulary, lesson))) {
                break;
            }
        }
        return new PackDictionary(true, vocabulary, trained(trainer));
    }

    private static byte[] trained(ZstdDictTrainer trainer) {
        try {
            return trainer.trainSamples();
        } catch (ZstdException e) {
            return new byte[0]; // too few or too short, so that nothing is left to be learnt
        }
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @throws DamagedPackException when it did not
     */
    public static PackDictionary of(byte[] bytes) {
        if (!Arrays.equals(bytes, 0, Math.min(MAGIC.length, bytes.length), MAGIC, 0, MAGIC.length)) {
            throw new DamagedPackException("a dictionary is of no known form");
        }
        ByteReader in = new ByteReader(bytes);
        in.read(MAGIC.length);
        return new PackDictionary(true, Vocabulary.read(in), in.rest());
    }

    /** A dictionary of Zstandard alone; it reads what was compressed with it, and packs nothing. */
    public static PackDictionary ofZstandard(byte[] learnt) {
        return new PackDictionary(false, Vocabulary.EMPTY, learnt);
    }

    /** As it is stored. */
    public byte[] bytes() {
        ByteWriter out = new ByteWriter();
        out.write(MAGIC);
        vocabulary.write(out);
        out.write(learnt);
        return out.bytes();
    }

    /**
     * Packs a body.
     *
     * @param json any bytes; canonical JSON becomes small
     * @param context strings that are known where it is read, too, such as its id
     */
    public byte[] pack(byte[] json, List<byte[]> context) {
        if (!packs) {
            throw new IllegalStateException("this dictionary is only there to read older bodies");
        }
        byte[] packed = Packing.pack(json, vocabulary, context);
        byte[] compressed = with(writers, this::writer, writer -> writer.compress(packed));
        boolean worth = compressed.length < packed.length;
        byte[] smaller = worth ? compressed : packed;
        byte[] stored = new byte[smaller.length + 1];
        stored[0] = (byte) (worth ? COMPRESSED : PLAIN);
        System.arraycopy(smaller, 0, stored, 1, smaller.length);
        return stored;
    }

    /**
     * The body again, to the byte.
     *
     * @throws DamagedPackException when it was not packed with this dictionary, or is damaged
     */
    public byte[] unpack(byte[] stored, List<byte[]> context) {
        if (!packs) {
            return decompress(stored);
        }
        if (stored.length == 0 || stored[0] != PLAIN && stored[0] != COMPRESSED) {
            throw new DamagedPackException("it is of no known form");
        }
        byte[] rest = Arrays.copyOfRange(stored, 1, stored.length);
        return Unpacking.unpack(stored[0] == PLAIN ? rest : decompress(rest), vocabulary, context);
    }

    private byte[] decompress(byte[] compressed) {
        try {
            long size = compressed.length == 0 ? -1 : Zstd.getFrameContentSize(compressed);
            if (size < 0 || size > MOST_BYTES) {
                throw new DamagedPackException("its size is " + size);
            }
            return with(readers, this::reader, reader -> reader.decompress(compressed, (int) size));
        } catch (ZstdException e) {
            throw new DamagedPackException(String.valueOf(e.getMessage()));
        }
    }

    private ZstdCompressCtx writer() {
        ZstdCompressCtx writer = new ZstdCompressCtx();
        writer.setLevel(LEVEL);
        writer.setDictID(false);
        writer.setChecksum(false);
        if (writing != null) {
            writer.loadDict(writing);
        }
        return writer;
    }

    private ZstdDecompressCtx reader() {
        ZstdDecompressCtx reader = new ZstdDecompressCtx();
        if (reading != null) {
            reader.loadDict(reading);
        }
        return reader;
    }

    /** Uses one of a pool's contexts, which are dear to make. */
    private static <C extends AutoCloseable> byte[] with(Queue<C> pool, Supplier<C> made, Use<C> use) {
        C waiting = pool.poll();
        C context = waiting == null ? made.get() : waiting;
        try {
            return use.of(context);
        } finally {
            pool.add(context);
        }
    }

    /** What a context is used for. */
    private interface Use<C> {
        byte[] of(C context);
    }
}
