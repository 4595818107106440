package io.regrade.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.Decision;
import io.regrade.decision.DecisionJson;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.decision.Firing;
import io.regrade.decision.Phase;
import io.regrade.decision.PolicyRef;
import io.regrade.decision.Trace;
import io.regrade.fact.Action;
import io.regrade.fact.Capacity;
import io.regrade.fact.Choice;
import io.regrade.fact.Vm;
import io.regrade.ledger.Asker;
import io.regrade.ledger.DecisionRecord;
import io.regrade.ledger.Provenance;
import io.regrade.ledger.log.Commitments;
import io.regrade.ledger.log.Leaf;
import io.regrade.ledger.log.LogKey;
import io.regrade.ledger.log.NaiveTree;
import io.regrade.ledger.log.Receipts;
import io.regrade.ledger.log.TreeEdge;
import io.regrade.tlog.SigningKey;
import io.regrade.tlog.TilePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A log made by the writing side, in memory, and its export. */
public final class TestLog {

    public static final Instant START = Instant.parse("2025-03-01T00:00:00Z");
    public static final SigningKey KEY = SigningKey.generate("regrade.test/log", new SecureRandom());
    static final String DIGEST = "sha256:" + "0".repeat(64);

    private final List<Leaf> leaves = new ArrayList<>();
    private final Map<Integer, byte[]> salts = new HashMap<>();
    private final Map<Integer, DecisionRecord> records = new HashMap<>();
    private LogKey key = LogKey.of(KEY);

    /** A log of decisions. */
    public static TestLog of(int decisions) {
        TestLog log = new TestLog();
        for (int i = 0; i < decisions; i++) {
            log.decide("decision-" + i);
        }
        return log;
    }

    public TestLog decide(String id) {
        int index = leaves.size();
        DecisionRecord record = record(id, "vm-" + index, START.plusSeconds(index));
        byte[] salt = Commitments.salt(new SecureRandom());
        ObjectNode full = DecisionJson.decision(record.decision(), Detail.FULL);
        salts.put(index, salt);
        records.put(index, record);
        leaves.add(Leaf.decision(record, Commitments.of(salt, full)));
        return this;
    }

    public TestLog add(Leaf leaf) {
        leaves.add(leaf);
        return this;
    }

    public TestLog signWith(SigningKey next) {
        key = LogKey.of(next);
        return this;
    }

    Leaf leaf(int index) {
        return leaves.get(index);
    }

    public int size() {
        return leaves.size();
    }

    String vkey() {
        return key.vkey();
    }

    public ObjectNode decision(int index) {
        return DecisionJson.decision(records.get(index).decision(), Detail.FULL);
    }

    public TreeEdge edge() {
        return TreeEdge.EMPTY.append(leaves.stream().map(Leaf::hash).toList()).edge();
    }

    public String checkpoint() {
        return key.checkpoint(leaves.size(), edge().root());
    }

    NaiveTree tiles() {
        return new NaiveTree(leaves.stream().map(Leaf::entry).toList());
    }

    public String receipt(int index) {
        return new Receipts(tiles()).receipt(checkpoint(), index, leaf(index).text(), salts.get(index));
    }

    String receiptWithoutSalt(int index) {
        return new Receipts(tiles()).receipt(checkpoint(), index, leaf(index).text(), null);
    }

    /** Writes the log as a static directory. */
    public Path export(Path directory) throws IOException {
        NaiveTree tiles = tiles();
        for (int level = 0; size() >>> 8 * level > 0; level++) {
            int hashes = size() >>> 8 * level;
            for (int index = 0; index * 256 < hashes; index++) {
                int width = Math.min(256, hashes - index * 256);
                write(
                        directory,
                        new TilePath(level, index, width),
                        tiles.tile(level, index, width).orElseThrow());
                if (level == 0) {
                    write(
                            directory,
                            TilePath.entries(index, width),
                            tiles.entries(index, width).orElseThrow());
                }
            }
        }
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("checkpoint"), checkpoint());
        return directory;
    }

    private static void write(Path directory, TilePath path, byte[] bytes) throws IOException {
        Path file = directory.resolve(path.toString());
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private static DecisionRecord record(String id, String vmId, Instant at) {
        Vm vm = new Vm(vmId, vmId, null, null, null, null, Capacity.UNKNOWN, null, Set.of(), 0.1, null, null, Map.of());
        Trace trace = new Trace(
                List.of(new Firing(Phase.CHOOSE, "choose-keep", List.of(vm), List.of(Choice.keep("it fits")))));
        Decision decision = new Decision(
                id,
                vm,
                Action.KEEP,
                "it fits",
                null,
                null,
                73.00000000000001,
                0,
                List.of(),
                List.of(),
                0,
                List.of(),
                List.of(),
                trace,
                new PolicyRef("standard", DIGEST),
                DIGEST,
                List.of(),
                at);
        Provenance made =
                new Provenance(decision.policy(), new TreeMap<>(), DIGEST, () -> "{}".getBytes(UTF_8), "regrade/test");
        return new DecisionRecord(decision, new byte[0], made, new Asker("test", null, null), null, false);
    }
}
