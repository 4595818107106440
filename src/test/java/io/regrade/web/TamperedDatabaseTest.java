package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.audit.LogSource;
import io.regrade.audit.LogVerifier;
import io.regrade.audit.Verification;
import io.regrade.tlog.SigningKey;
import io.regrade.tlog.VerifierKey;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody changes the database of a running server; who verifies its log over HTTP is told what was changed. */
class TamperedDatabaseTest {

    private static final int LEAVES = 300;

    private TestServer server;
    private Http http;
    private VerifierKey key;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer();
        http = server.http;
        ObjectNode[] vms = new ObjectNode[LEAVES];
        for (int i = 0; i < LEAVES; i++) {
            vms[i] = Samples.vm("vm-" + i, 1, 4);
        }
        assertThat(http.post("/v1/decisions", Http.JSON, Samples.complete(vms).toString())
                        .status())
                .isEqualTo(200);
        key = VerifierKey.parse(http.get("/v1/audit/key").text().strip());
        assertThat(verify().verified()).isTrue();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Verification verify() {
        return new LogVerifier(LogSource.at(server.server.address() + "/v1/audit"), key).verify((done, total) -> {});
    }

    private List<String> told() {
        Verification found = verify();
        assertThat(found.verified()).isFalse();
        return found.defects().stream()
                .map(defect -> defect.where() + ": " + defect.what())
                .toList();
    }

    @Test
    void tamperedRow_isNamed() {
        server.execute("update log_entry set compressed = false, dictionary = 0,"
                + " body = convert_to('{\"at\":\"2025-03-01T12:00:00Z\",\"type\":\"nothing\"}', 'UTF8') where seq = 5");

        assertThat(told()).anyMatch(line -> line.startsWith("leaf 5: the entry in tile/entries/000 was changed"));
    }

    @Test
    void rowThatCannotBeReadAnyMore_isNamed() {
        server.execute("update log_entry set body = substr(body, 1, 20) where seq = 280");

        assertThat(told()).anyMatch(line -> line.contains("leaf 280") || line.contains("tile/entries/001.p/44"));
    }

    @Test
    void removedRow_isNamed() {
        server.execute("delete from log_entry where seq = 7");

        assertThat(told()).anyMatch(line -> line.startsWith("leaf 7: the entry was removed from tile/entries/000"));
    }

    @Test
    void swappedRows_areNamed() {
        server.execute("update log_entry set seq = -1 where seq = 3; update log_entry set seq = 3 where seq = 4;"
                + " update log_entry set seq = 4 where seq = -1");

        assertThat(told()).anyMatch(line -> line.startsWith("leaf 3: the entry is swapped with that of leaf 4"));
    }

    @Test
    void truncatedTile_isNamed() {
        server.execute("update log_tile set hashes = substr(hashes, 1, 8172) where level = 0 and tile = 0");

        assertThat(told()).anyMatch(line -> line.startsWith("tile/0/000: the tile is truncated"));
    }

    @Test
    void changedTile_isNamed() {
        server.execute("update log_tile set hashes = set_byte(hashes, 100, get_byte(hashes, 100) # 1)"
                + " where level = 0 and tile = 0");

        assertThat(told()).anyMatch(line -> line.startsWith("tile/0/000: hash 3 was changed"));
    }

    @Test
    void forgedCheckpoint_isNamed() {
        server.execute("update log_head set checkpoint = replace(checkpoint, E'\\n" + LEAVES + "\\n', E'\\n299\\n')");

        assertThat(told()).anyMatch(line -> line.startsWith("checkpoint: the signature is wrong"));
    }

    @Test
    void checkpointOfAnotherKey_isNamed() {
        String forged = io.regrade.ledger.log.LogKey.of(SigningKey.generate("regrade.test/log", new SecureRandom()))
                .checkpoint(0, io.regrade.ledger.log.TreeEdge.EMPTY.root());
        server.execute("update log_head set checkpoint = '" + forged + "'");

        assertThat(told()).anyMatch(line -> line.startsWith("checkpoint: it is not signed with the known key"));
    }
}
