package io.regrade.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regrade.ledger.PolicyVersion.Activation;
import io.regrade.ledger.PolicyVersion.What;
import io.regrade.ledger.log.Commitments;
import io.regrade.ledger.log.KeyRotation;
import io.regrade.ledger.log.Leaf;
import io.regrade.ledger.log.LogKey;
import io.regrade.tlog.EntryBundle;
import io.regrade.tlog.SigningKey;
import io.regrade.tlog.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs as they were made, and as somebody changed them afterwards. */
class LogVerifierTest {

    private static final int SIZE = 600;

    @TempDir
    Path directory;

    private static Verification verify(Path log, @Nullable VerifierKey key) {
        return new LogVerifier(LogSource.at(log.toString()), key).verify((done, total) -> {});
    }

    private Verification verify() {
        return verify(directory, TestLog.KEY.verifier());
    }

    private static List<String> told(Verification verification) {
        return verification.defects().stream()
                .map(defect -> defect.where() + ": " + defect.what())
                .toList();
    }

    private void bundle(String name, Change change) throws IOException {
        Path file = directory.resolve("tile/entries/" + name);
        List<byte[]> entries = new ArrayList<>(EntryBundle.parse(Files.readAllBytes(file)));
        change.of(entries);
        Files.write(file, EntryBundle.format(entries));
    }

    private interface Change {
        void of(List<byte[]> entries);
    }

    private void flip(String name, int at) throws IOException {
        Path file = directory.resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 255, 256, 257, 600, 1024})
    void log_asItWasMade_isVerified(int size) throws IOException {
        TestLog.of(size).export(directory);

        Verification found = verify();

        assertThat(told(found)).isEmpty();
        assertThat(found.verified()).isTrue();
        assertThat(found.size()).isEqualTo(size);
        assertThat(found.signedBy()).isEqualTo(TestLog.KEY.verifier());
        assertThat(found.leaves()).isEqualTo(size == 0 ? Map.of() : Map.of("decision", (long) size));
        assertThat(found.first()).isEqualTo(size == 0 ? null : TestLog.START);
        assertThat(found.last()).isEqualTo(size == 0 ? null : TestLog.START.plusSeconds(size - 1));
    }

    @Test
    void log_ofThreeLevels_isVerified_andAChangedUpperTileNamed() throws IOException {
        TestLog log = new TestLog();
        for (int i = 0; i < 65_536 + 300; i++) {
            log.add(Leaf.refusal(TestLog.START.plusMillis(i), "refused " + i, null));
        }
        log.export(directory);
        assertThat(told(verify())).isEmpty();

        flip("tile/1/000", 32 * 7 + 3);
        assertThat(told(verify()))
                .containsExactly("tile/1/000: hash 7 was changed: it is not that of what is below it");
        flip("tile/1/000", 32 * 7 + 3);

        flip("tile/2/000.p/1", 3);
        assertThat(told(verify()))
                .containsExactly("tile/2/000.p/1: hash 0 was changed: it is not that of what is below it");
    }

    @Test
    void log_withoutAKey_isConsistentButNotVerified() throws IOException {
        TestLog.of(3).export(directory);

        Verification found = verify(directory, null);

        assertThat(found.consistent()).isTrue();
        assertThat(found.verified()).isFalse();
        assertThat(found.signedBy()).isNull();
    }

    @Test
    void everyType_isKnownAndCounted() throws IOException {
        SigningKey next = SigningKey.generate("regrade.test/log", new SecureRandom());
        String commitment = "0".repeat(64);
        TestLog log = TestLog.of(2)
                .add(Leaf.refusal(TestLog.START, "no such policy: \"é\u0001\"", null))
                .add(Leaf.refusal(TestLog.START, "too large", TestLog.DIGEST))
                .add(Leaf.activation(
                        TestLog.START,
                        new Activation(
                                1, "standard", TestLog.DIGEST, null, What.START, "ann", null, null, TestLog.START),
                        null))
                .add(Leaf.approval(TestLog.START, "r-1", "decision-1", "approve", "ann", null, null))
                .add(Leaf.approval(TestLog.START, "r-2", "decision-1", "dismiss", "ann", commitment, TestLog.START))
                .add(Leaf.erasure(TestLog.START, commitment, List.of(0L, 1L), "bob", "asked for")
                        .get(0))
                .add(Leaf.retention(TestLog.START, TestLog.START, 0))
                .add(KeyRotation.leaf(TestLog.START, TestLog.KEY, next))
                .signWith(next);
        log.export(directory);

        Verification found = verify();

        assertThat(told(found)).isEmpty();
        assertThat(found.leaves())
                .isEqualTo(Map.of(
                        "decision",
                        2L,
                        "refusal",
                        2L,
                        "activation",
                        1L,
                        "approval",
                        2L,
                        "erasure",
                        1L,
                        "retention",
                        1L,
                        "key-rotation",
                        1L));
        assertThat(found.remarks()).hasSize(1).first().asString().startsWith("8 leaves have an earlier time");
        assertThat(found.signedBy()).isEqualTo(next.verifier());
        assertThat(verify(directory, next.verifier()).verified()).isTrue();
    }

    // What somebody changed.

    @Test
    void changedEntry_isNamed() throws IOException {
        TestLog.of(SIZE).export(directory);
        bundle("001", entries -> entries.get(44)[20] ^= 1);

        Verification found = verify();

        assertThat(told(found))
                .containsExactly(
                        "leaf 300: the entry in tile/entries/001 was changed: its hash is not the one in the tree");
        assertThat(found.defects().get(0).expected())
                .hasSize(64)
                .isNotEqualTo(found.defects().get(0).found());
        assertThat(found.verified()).isFalse();
        assertThat(found.leaves()).containsEntry("damaged", 1L).containsEntry("decision", SIZE - 1L);
    }

    @Test
    void changedEntryInAPartialBundle_isNamed() throws IOException {
        TestLog.of(SIZE).export(directory);
        bundle("002.p/88", entries -> entries.get(87)[20] ^= 1);

        assertThat(told(verify()))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("leaf 599: the entry in tile/entries/002.p/88");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 254, 255})
    void removedEntry_isNamed(int at) throws IOException {
        TestLog.of(SIZE).export(directory);
        bundle("000", entries -> entries.remove(at));

        assertThat(told(verify()))
                .containsExactly(
                        at == 255
                                ? "tile/entries/000: leaf 255 and all after it are missing from the bundle"
                                : "leaf " + at
                                        + ": the entry was removed from tile/entries/000, and those after it moved up");
    }

    @Test
    void insertedEntry_isNamed() throws IOException {
        TestLog.of(SIZE).export(directory);
        bundle("000", entries -> entries.add(5, "{}".getBytes(UTF_8)));

        assertThat(told(verify()))
                .containsExactly(
                        "leaf 5: an entry was put in before it in tile/entries/000, and those after it moved down");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 254})
    void swappedEntries_areNamed(int at) throws IOException {
        TestLog.of(SIZE).export(directory);
        bundle("000", entries -> Collections.swap(entries, at, at + 1));

        assertThat(told(verify()))
                .containsExactly("leaf " + at + ": the entry is swapped with that of leaf " + (at + 1)
                        + ", in tile/entries/000");
    }

    @Test
    void swappedBundles_areNamed() throws IOException {
        TestLog.of(SIZE).export(directory);
        Path first = directory.resolve("tile/entries/000");
        Path second = directory.resolve("tile/entries/001");
        byte[] kept = Files.readAllBytes(first);
        Files.write(first, Files.readAllBytes(second));
        Files.write(second, kept);

        assertThat(told(verify()))
                .hasSize(256)
                .contains(
                        "leaf 7: the entry is swapped with that of leaf 263, in tile/entries/000 and tile/entries/001");
    }

    @Test
    void changedTile_isNamed_notTheEntry() throws IOException {
        TestLog.of(SIZE).export(directory);
        flip("tile/0/001", 32 * 9);

        assertThat(told(verify()))
                .containsExactly("tile/0/001: hash 9 was changed: it is not that of what is below it");
    }

    @Test
    void changedPartialTile_isNamed_notTheEntry() throws IOException {
        TestLog.of(SIZE).export(directory);
        flip("tile/0/002.p/88", 32 * 9);

        assertThat(told(verify()))
                .containsExactly("tile/0/002.p/88: hash 9 was changed: it is not that of what is below it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tile/0/000", "tile/0/002.p/88", "tile/1/000.p/2"})
    void truncatedTile_isNamed(String name) throws IOException {
        TestLog.of(SIZE).export(directory);
        Path tile = directory.resolve(name);
        byte[] bytes = Files.readAllBytes(tile);
        Files.write(tile, Arrays.copyOf(bytes, bytes.length - 20));

        Verification found = verify();

        assertThat(told(found)).containsExactly(name + ": the tile is truncated");
        assertThat(found.defects().get(0).toString())
                .endsWith("; expected " + bytes.length + " bytes, found " + (bytes.length - 20));
    }

    @Test
    void missingTileAndBundle_areNamed() throws IOException {
        TestLog.of(SIZE).export(directory);
        Files.delete(directory.resolve("tile/0/001"));
        Files.delete(directory.resolve("tile/entries/000"));

        assertThat(told(verify()))
                .contains("tile/0/001: the tile is missing", "tile/entries/000: the bundle is missing");
    }

    @Test
    void truncatedBundle_isNamed() throws IOException {
        TestLog.of(SIZE).export(directory);
        Path file = directory.resolve("tile/entries/002.p/88");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 20));

        assertThat(told(verify()))
                .containsExactly(
                        "tile/entries/002.p/88: the bundle is cut off in entry 87 (leaf 599)",
                        "tile/entries/002.p/88: leaf 599 and all after it are missing from the bundle");
    }

    @Test
    void changedEntryWithItsTile_isNamed() throws IOException {
        TestLog.of(SIZE).export(directory);
        bundle("000", entries -> entries.set(3, entries.get(4)));
        List<byte[]> entries = EntryBundle.parse(Files.readAllBytes(directory.resolve("tile/entries/000")));
        byte[] tile = Files.readAllBytes(directory.resolve("tile/0/000"));
        System.arraycopy(Sha256.leaf(entries.get(3)), 0, tile, 96, 32);
        Files.write(directory.resolve("tile/0/000"), tile);

        assertThat(told(verify()))
                .contains("tile/0/000: neither the tile nor what is below it is what the tile above holds");
    }

    @Test
    void rewrittenLog_isNotThatOfItsCheckpoint() throws IOException {
        TestLog log = TestLog.of(SIZE);
        String kept = log.checkpoint();
        log.export(directory);
        TestLog.of(SIZE).export(directory);
        Files.writeString(directory.resolve("checkpoint"), kept);

        assertThat(told(verify()))
                .containsExactly(
                        "checkpoint: its root is not that of the log: the checkpoint is forged, or the log was made anew");
    }

    @Test
    void forgedCheckpoint_isNamed() throws IOException {
        TestLog.of(SIZE).export(directory);
        String text = Files.readString(directory.resolve("checkpoint"));
        Files.writeString(directory.resolve("checkpoint"), text.replace("\n600\n", "\n599\n"));

        assertThat(told(verify()))
                .contains("checkpoint: the signature is wrong: the checkpoint is forged or was changed")
                .anyMatch(defect -> defect.startsWith("checkpoint: its root is not that of the log"));
    }

    @Test
    void checkpointOfAnotherKey_isNamed() throws IOException {
        TestLog.of(3)
                .signWith(SigningKey.generate("regrade.test/log", new SecureRandom()))
                .export(directory);

        assertThat(told(verify())).containsExactly("checkpoint: it is not signed with the known key");
    }

    @Test
    void checkpointOfAnotherLog_isNamed() throws IOException {
        TestLog.of(3)
                .signWith(SigningKey.generate("elsewhere/log", new SecureRandom()))
                .export(directory);

        assertThat(told(verify())).containsExactly("checkpoint: it is of another log");
    }

    @Test
    void checkpointThatIsNone_isNamed() throws IOException {
        TestLog.of(3).export(directory);
        Files.writeString(directory.resolve("checkpoint"), "regrade.test/log\n3\n");

        assertThat(told(verify()))
                .containsExactly("checkpoint: the note has no blank line between its text and its signatures");
    }

    @Test
    void unreadableLog_isAnError() {
        assertThatThrownBy(() -> verify(directory.resolve("missing"), null))
                .isInstanceOf(UnreadableException.class)
                .hasMessageEndingWith("missing: there is no such directory");
        assertThatThrownBy(() -> verify(directory, null))
                .hasMessageEndingWith("there is no `checkpoint` in it. Maybe it is no exported log");
    }

    // What a writer could have done wrong: the tree is right, the leaves are not.

    @Test
    void decisionThatIsThereTwice_isNamed() throws IOException {
        TestLog.of(300).decide("decision-17").export(directory);

        assertThat(told(verify())).containsExactly("leaf 300: the decision decision-17 is in leaf 17 already");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"at\":\"2025-03-01T00:00:00Z\",\"type\":\"invented\"}|its type `invented` is not known",
                "{\"at\":\"2025-03-01T00:00:00Z\",\"type\":\"refusal\"}|it has no `reason`",
                "{\"at\":\"yesterday\",\"reason\":\"x\",\"type\":\"refusal\"}"
                        + "|its `at` is not a time such as `2026-01-31T00:00:00Z`",
                "{\"type\":\"refusal\",\"at\":\"2025-03-01T00:00:00Z\",\"reason\":\"x\"}|it is not canonical JSON",
                "{\"at\":\"2025-03-01T00:00:00Z\", \"reason\":\"x\",\"type\":\"refusal\"}|it is not canonical JSON",
                "{\"at\":\"2025-03-01T00:00:00Z\",\"before\":\"2025-03-01T00:00:00Z\",\"decisions\":1.5,"
                        + "\"type\":\"retention\"}|its `decisions` is not a whole number",
                "[1]|it is not a JSON object",
                "{\"at\":\"2025-03-01T00:00:00Z\",\"by\":\"a\",\"decisions\":[9],\"reason\":\"x\",\"type\":\"erasure\","
                        + "\"vm\":\"0000000000000000000000000000000000000000000000000000000000000000\"}"
                        + "|it erases leaf 9, which is no decision before it"
            })
    void leafOfTheWrongForm_isNamed(String text) throws IOException {
        String[] parts = text.split("\\|", 2);
        TestLog.of(2).add(new Leaf(parts[0])).export(directory);

        assertThat(told(verify())).containsExactly("leaf 2: " + parts[1]);
    }

    @Test
    void leafThatIsNoJson_isNamed() throws IOException {
        TestLog.of(2).add(new Leaf("{")).add(new Leaf("{\"a\":1,\"a\":1}")).export(directory);

        assertThat(told(verify()))
                .hasSize(2)
                .anyMatch(defect -> defect.startsWith("leaf 2: it is not JSON"))
                .anyMatch(defect -> defect.startsWith("leaf 3: it is not JSON: Duplicate field"));
    }

    @Test
    void rotationThatTheOldKeyDidNotSign_isNamed() throws IOException {
        SigningKey thief = SigningKey.generate("regrade.test/log", new SecureRandom());
        String text = KeyRotation.leaf(TestLog.START, thief, thief).text();
        int old = text.indexOf("\"old\":\"") + 7;
        String forged = text.substring(0, old) + TestLog.KEY.verifier() + text.substring(text.indexOf('"', old));
        TestLog.of(2).add(new Leaf(forged)).signWith(thief).export(directory);

        assertThat(told(verify()))
                .contains("leaf 2: the key rotation is not signed with the old key")
                .contains("checkpoint: it is not signed with the known key");
    }

    @Test
    void rotationOfStrangers_doesNotVouchForTheLog() throws IOException {
        SigningKey one = SigningKey.generate("regrade.test/log", new SecureRandom());
        SigningKey two = SigningKey.generate("regrade.test/log", new SecureRandom());
        TestLog.of(2)
                .add(KeyRotation.leaf(TestLog.START, one, two))
                .signWith(two)
                .export(directory);

        assertThat(told(verify())).containsExactly("checkpoint: the known key never signed this log");
    }

    @Test
    void oldKeyAfterTheRotation_isNamed() throws IOException {
        SigningKey next = SigningKey.generate("regrade.test/log", new SecureRandom());
        TestLog.of(2).add(KeyRotation.leaf(TestLog.START, TestLog.KEY, next)).export(directory);

        assertThat(told(verify()))
                .containsExactly(
                        "checkpoint: it is signed with a key that leaf 2 had replaced by then: whoever still has"
                                + " that key made it");
    }

    // Against a checkpoint that was kept.

    private Verification since(String kept) {
        return new LogVerifier(LogSource.at(directory.toString()), TestLog.KEY.verifier())
                .since("kept.txt", kept.getBytes(UTF_8))
                .verify((done, total) -> {});
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 300, 600})
    void grownLog_continuesTheKeptCheckpoint(int before) throws IOException {
        TestLog log = TestLog.of(before);
        String kept = log.checkpoint();
        while (log.size() < SIZE) {
            log.decide("later-" + log.size());
        }
        log.export(directory);

        assertThat(told(since(kept))).isEmpty();
    }

    @Test
    void rewrittenLogWithTheRightKey_doesNotContinueTheKeptCheckpoint() throws IOException {
        String kept = TestLog.of(300).checkpoint();
        TestLog.of(SIZE).export(directory);

        assertThat(told(since(kept)))
                .containsExactly("kept.txt: the log does not continue it: of the first 300 leaves some were changed,"
                        + " removed or put in since");
    }

    @Test
    void shortenedLog_isNamed() throws IOException {
        TestLog log = TestLog.of(300);
        log.export(directory);
        String kept = log.decide("gone").checkpoint();

        assertThat(told(since(kept)))
                .containsExactly("kept.txt: the log is shorter than it was: leaves were removed from its end");
    }

    @Test
    void keptCheckpointOfTheKeyBefore_isAccepted_ofAnotherNot() throws IOException {
        SigningKey next = SigningKey.generate("regrade.test/log", new SecureRandom());
        TestLog log = TestLog.of(5);
        String kept = log.checkpoint();
        log.add(KeyRotation.leaf(TestLog.START, TestLog.KEY, next)).signWith(next);
        log.export(directory);
        String forged = LogKey.of(next).checkpoint(5, TestLog.of(5).edge().root());

        assertThat(told(since(kept))).isEmpty();
        assertThat(told(since(forged))).contains("kept.txt: it is not signed with the known key");
        assertThat(told(since("no note"))).first().asString().startsWith("kept.txt: the note has no blank line");
    }

    @Test
    void removedEntryOfADecisionThatWasErased_isAllThatIsTold() throws IOException {
        TestLog log = TestLog.of(5);
        Leaf.erasure(TestLog.START, "0".repeat(64), List.of(2L, 4L), "jane", "asked for")
                .forEach(log::add);
        log.export(directory);
        bundle("000.p/6", entries -> entries.set(2, "{}".getBytes(UTF_8)));

        assertThat(told(verify()))
                .singleElement()
                .asString()
                .startsWith("leaf 2: the entry in tile/entries/000.p/6 was changed");
    }

    @Test
    void commitmentsOfOneMachine_differ() {
        TestLog log = TestLog.of(2);

        assertThat(Commitments.commitment(new byte[32], new byte[0]))
                .isNotEqualTo(Commitments.commitment(Commitments.salt(new SecureRandom()), new byte[0]));
        assertThat(log.leaf(0).text()).doesNotContain("vm-0").contains("\"outcome\":\"decided\"");
    }
}
