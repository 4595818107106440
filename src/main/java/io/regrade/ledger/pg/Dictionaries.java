package io.regrade.ledger.pg;

import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictDecompress;
import com.github.luben.zstd.ZstdDictTrainer;
import com.github.luben.zstd.ZstdException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dictionaries that short bodies are compressed with: one for each purpose, such as decisions by one policy, learnt
 * of the first bodies there are. Thread-safe.
 *
 * <p>A body names the dictionary it needs; dictionaries are only ever added.
 */
final class Dictionaries {

    /** No dictionary. */
    static final int NONE = 0;

    private static final Logger LOG = LoggerFactory.getLogger(Dictionaries.class);
    private static final int LEVEL = 3;
    private static final int SAMPLES = 100;
    private static final int SAMPLE_BYTES_MOST = 8 << 20;
    private static final int DICTIONARY_BYTES = 64 << 10;
    private static final int PURPOSES_MOST = 64;

    /**
     * A dictionary that can be used.
     *
     * @param id {@link #NONE} for none
     */
    record Dictionary(int id, @Nullable ZstdDictCompress compress) {}

    private static final Dictionary NOTHING = new Dictionary(NONE, null);

    /** What is gathered to learn from. */
    private static final class Samples {
        private final List<byte[]> bodies = new ArrayList<>();
        private int bytes;
        private boolean taken;
    }

    private final Map<String, Dictionary> byPurpose = new ConcurrentHashMap<>();
    private final Map<Integer, ZstdDictDecompress> byId = new ConcurrentHashMap<>();
    private final Map<String, Samples> gathered = new ConcurrentHashMap<>();

    /** What to compress with for a purpose now. */
    Dictionary of(String purpose) {
        return byPurpose.getOrDefault(purpose, NOTHING);
    }

    /** What a body was compressed with. */
    @Nullable
    ZstdDictDecompress decompress(Connection connection, int id) throws SQLException {
        if (id == NONE) {
            return null;
        }
        ZstdDictDecompress known = byId.get(id);
        if (known != null) {
            return known;
        }
        try (PreparedStatement select = connection.prepareStatement("select body from dictionary where id = ?")) {
            select.setInt(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("dictionary " + id + " is missing");
                }
                ZstdDictDecompress made = new ZstdDictDecompress(row.getBytes(1));
                byId.put(id, made);
                return made;
            }
        }
    }

    /** Reads the newest dictionary of each purpose. */
    void load(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "select distinct on (purpose) id, purpose, body from dictionary order by purpose, id desc");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                use(row.getInt(1), row.getString(2), row.getBytes(3));
            }
        }
    }

    private void use(int id, String purpose, byte[] body) {
        byPurpose.put(purpose, new Dictionary(id, new ZstdDictCompress(body, LEVEL)));
        byId.put(id, new ZstdDictDecompress(body));
    }

    /** Gives something to learn from, as long as there is nothing learnt for its purpose. */
    void sample(String purpose, byte[] body) {
        if (byPurpose.containsKey(purpose) || gathered.size() >= PURPOSES_MOST) {
            return;
        }
        Samples samples = gathered.computeIfAbsent(purpose, key -> new Samples());
        synchronized (samples) {
            if (!samples.taken && samples.bodies.size() < SAMPLES && samples.bytes + body.length < SAMPLE_BYTES_MOST) {
                samples.bodies.add(body);
                samples.bytes += body.length;
            }
        }
    }

    /** Learns and stores what can be learnt by now, in a transaction of its own. */
    void learn(Connection connection) throws SQLException {
        for (Map.Entry<String, Samples> entry : gathered.entrySet()) {
            List<byte[]> bodies = taken(entry.getValue());
            if (!bodies.isEmpty()) {
                byte[] learnt = train(bodies);
                if (learnt.length > 0) {
                    store(connection, entry.getKey(), learnt);
                }
                gathered.remove(entry.getKey());
            }
        }
    }

    private static List<byte[]> taken(Samples samples) {
        synchronized (samples) {
            if (samples.taken || samples.bodies.size() < SAMPLES) {
                return List.of();
            }
            samples.taken = true;
            return List.copyOf(samples.bodies);
        }
    }

    private static byte[] train(List<byte[]> bodies) {
        int bytes = bodies.stream().mapToInt(body -> body.length).sum();
        ZstdDictTrainer trainer = new ZstdDictTrainer(bytes, DICTIONARY_BYTES);
        bodies.forEach(trainer::addSample);
        try {
            return trainer.trainSamples();
        } catch (ZstdException e) {
            LOG.info("nothing can be learnt of {} bodies: {}", bodies.size(), e.getMessage());
            return new byte[0];
        }
    }

    private void store(Connection connection, String purpose, byte[] learnt) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into dictionary (purpose, body) values (?, ?) returning id")) {
            insert.setString(1, purpose);
            insert.setBytes(2, learnt);
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                int id = row.getInt(1);
                connection.commit();
                use(id, purpose, learnt);
            }
        }
    }
}
