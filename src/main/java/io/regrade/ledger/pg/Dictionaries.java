package io.regrade.ledger.pg;

import io.regrade.ledger.pack.DamagedPackException;
import io.regrade.ledger.pack.PackDictionary;
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
 * The dictionaries that bodies are packed with: one for each purpose, such as decisions by one policy, learnt
 * of the first bodies there are. Thread-safe.
 *
 * <p>A body names the dictionary it needs; dictionaries are only ever added.
 */
final class Dictionaries {

    /** No dictionary. */
    static final int NONE = 0;

    private static final Logger LOG = LoggerFactory.getLogger(Dictionaries.class);
    private static final int SAMPLES = 100;
    private static final int SAMPLE_BYTES_MOST = 8 << 20;
    private static final int PURPOSES_MOST = 64;

    /**
     * A dictionary that can be used.
     *
     * @param id as bodies name it
     */
    record Dictionary(int id, PackDictionary words) {}

    /** What is gathered to learn from. */
    private static final class Samples {
        private final List<byte[]> bodies = new ArrayList<>();
        private final List<List<byte[]>> contexts = new ArrayList<>();
        private int bytes;

        boolean isEnough() {
            return bodies.size() == SAMPLES || bytes > SAMPLE_BYTES_MOST;
        }
    }

    private final Map<String, Dictionary> byPurpose = new ConcurrentHashMap<>();
    private final Map<Integer, PackDictionary> byId = new ConcurrentHashMap<>();
    private final Map<String, Samples> gathered = new ConcurrentHashMap<>();

    /** What to pack with for a purpose now; null as long as nothing is learnt. */
    @Nullable
    Dictionary of(String purpose) {
        return byPurpose.get(purpose);
    }

    /** What a body was packed with. */
    PackDictionary byId(Connection connection, int id) throws SQLException {
        PackDictionary known = byId.get(id);
        if (known != null) {
            return known;
        }
        try (PreparedStatement select =
                connection.prepareStatement("select body, packs from dictionary where id = ?")) {
            select.setInt(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("dictionary " + id + " is missing");
                }
                PackDictionary made =
                        row.getBoolean(2) ? read(id, row.getBytes(1)) : PackDictionary.ofZstandard(row.getBytes(1));
                byId.put(id, made);
                return made;
            }
        }
    }

    private static PackDictionary read(int id, byte[] body) throws SQLException {
        try {
            return PackDictionary.of(body);
        } catch (DamagedPackException e) {
            throw new SQLException("dictionary " + id + " is damaged", e);
        }
    }

    /** Reads the newest dictionary of each purpose. */
    void load(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "select distinct on (purpose) id, purpose, body from dictionary where packs order by purpose, id desc");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                int id = row.getInt(1);
                use(row.getString(2), new Dictionary(id, read(id, row.getBytes(3))));
            }
        }
    }

    private void use(String purpose, Dictionary dictionary) {
        byPurpose.put(purpose, dictionary);
        byId.put(dictionary.id(), dictionary.words());
    }

    /** Gives something to learn from, as long as there is nothing learnt for its purpose. */
    void sample(String purpose, byte[] body, List<byte[]> context) {
        if (byPurpose.containsKey(purpose) || gathered.size() >= PURPOSES_MOST) {
            return;
        }
        Samples samples = gathered.computeIfAbsent(purpose, key -> new Samples());
        synchronized (samples) {
            if (!samples.isEnough()) {
                samples.bodies.add(body);
                samples.contexts.add(context);
                samples.bytes += body.length;
            }
        }
    }

    /** Learns and stores what can be learnt by now, in a transaction of its own. */
    void learn(Connection connection) throws SQLException {
        for (Map.Entry<String, Samples> entry : gathered.entrySet()) {
            Samples samples = entry.getValue();
            synchronized (samples) {
                if (!samples.isEnough()) {
                    continue;
                }
            }
            // Enough samples do not change any more: who gives further ones need not wait until these are learnt.
            store(connection, entry.getKey(), PackDictionary.learn(samples.bodies, samples.contexts));
            gathered.remove(entry.getKey());
        }
    }

    private void store(Connection connection, String purpose, PackDictionary words) throws SQLException {
        byte[] body = words.bytes();
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into dictionary (purpose, body, packs) values (?, ?, true) returning id")) {
            insert.setString(1, purpose);
            insert.setBytes(2, body);
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                int id = row.getInt(1);
                connection.commit();
                use(purpose, new Dictionary(id, words));
                LOG.info("learnt dictionary {} of {} bytes for {}", id, body.length, purpose);
            }
        }
    }
}
