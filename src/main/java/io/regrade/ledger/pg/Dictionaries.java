package io.regrade.ledger.pg;

import io.regrade.ledger.pack.DamagedPackException;
import io.regrade.ledger.pack.PackDictionary;
import io.regrade.ledger.pack.Sample;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dictionaries that bodies are packed with: one for each purpose, such as decisions by one policy, learnt
 * of the first bodies there are. Thread-safe.
 *
 * <p>A body names the dictionary it needs. What was learnt in a way that is not good enough any more is outdated: it is read
 * with, until {@link Renewal} has taken it out of use.
 */
final class Dictionaries {

    /** No dictionary. */
    static final int NONE = 0;

    private static final Logger LOG = LoggerFactory.getLogger(Dictionaries.class);
    private static final int SAMPLES = 100;
    private static final int SAMPLE_BYTES_MOST = 8 << 20;
    private static final int SUBJECTS_LEAST = 10;
    /** Purposes that are gathered for at a time; policies that did not decide often enough meanwhile are forgotten. */
    private static final int PURPOSES_MOST = 8;

    /**
     * A dictionary that can be used.
     *
     * @param id as bodies name it
     */
    record Dictionary(int id, PackDictionary words) {}

    /** What is gathered to learn from: of each machine a few bodies, so that there are several to learn from. */
    private static final class Samples {
        private final List<Sample> all = new ArrayList<>();
        private final Map<String, Integer> ofEach = new HashMap<>();
        private int bytes;

        synchronized boolean isEnough() {
            return all.size() >= SAMPLES || bytes > SAMPLE_BYTES_MOST && ofEach.size() >= SUBJECTS_LEAST;
        }

        private boolean takes(String subject) {
            int given = ofEach.getOrDefault(subject, 0);
            return !isEnough() && given < SAMPLES / SUBJECTS_LEAST && (given == 0 || bytes <= SAMPLE_BYTES_MOST);
        }

        synchronized void add(byte[] body, List<byte[]> context, Subject subject) {
            if (takes(subject.id())) {
                all.add(new Sample(body, context, subject.id(), subject.untold()));
                ofEach.merge(subject.id(), 1, Integer::sum);
                bytes += body.length;
            }
        }
    }

    private final Map<String, Dictionary> byPurpose = new ConcurrentHashMap<>();
    private final Map<Integer, PackDictionary> byId = new ConcurrentHashMap<>();
    private final Map<String, Samples> gathered = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Samples> eldest) {
            return size() > PURPOSES_MOST;
        }
    });
    private final ReentrantLock learning = new ReentrantLock();

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
                        "select distinct on (purpose) id, purpose, body from dictionary where packs and not outdated"
                                + " order by purpose, id desc");
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
    void sample(String purpose, byte[] body, List<byte[]> context, Subject subject) {
        if (byPurpose.containsKey(purpose)) {
            return;
        }
        gathered.computeIfAbsent(purpose, key -> new Samples()).add(body, context, subject);
    }

    /** Whether there is enough to learn from. */
    boolean canLearn() {
        return !ready().isEmpty();
    }

    /** What is gathered in full; it does not change any more, so who gives further samples need not wait. */
    private Map<String, Samples> ready() {
        Map<String, Samples> ready = new TreeMap<>();
        synchronized (gathered) {
            gathered.forEach((purpose, samples) -> {
                if (samples.isEnough()) {
                    ready.put(purpose, samples);
                }
            });
        }
        return ready;
    }

    /** Learns and stores what can be learnt by now, in a transaction of its own; nothing while another thread does. */
    void learn(Connection connection) throws SQLException {
        if (!learning.tryLock()) {
            return;
        }
        try {
            for (Map.Entry<String, Samples> entry : ready().entrySet()) {
                store(connection, entry.getKey(), PackDictionary.learn(entry.getValue().all));
                gathered.remove(entry.getKey());
            }
        } finally {
            learning.unlock();
        }
    }

    private void store(Connection connection, String purpose, PackDictionary words) throws SQLException {
        byte[] body = words.bytes();
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into dictionary (purpose, body, packs, outdated) values (?, ?, true, false) returning id")) {
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
