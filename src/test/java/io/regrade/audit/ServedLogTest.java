package io.regrade.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs over HTTP, and their export. */
class ServedLogTest {

    @TempDir
    Path served;

    @TempDir
    Path copy;

    private ServedDirectory server;

    @BeforeEach
    void serve() throws IOException {
        server = new ServedDirectory(served);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Verification verify(String place) {
        return new LogVerifier(LogSource.at(place), TestLog.KEY.verifier()).verify((done, total) -> {});
    }

    @Test
    void servedLog_isVerified_withProgress() throws IOException {
        TestLog.of(1300).export(served);
        List<Long> done = new ArrayList<>();

        Verification found = new LogVerifier(LogSource.at(server.address()), TestLog.KEY.verifier())
                .verify((at, total) -> done.add(at));

        assertThat(found.defects()).isEmpty();
        assertThat(found.verified()).isTrue();
        assertThat(done).isSorted().endsWith(1280L, 1300L);
        // the checkpoint, 6 tiles of leaves, 6 bundles, 1 tile above them
        assertThat(server.requests()).isEqualTo(14);
    }

    @Test
    void partialTilesThatAreGone_areCutFromTheFullOnes() throws IOException {
        TestLog log = TestLog.of(300);
        String checkpoint = log.checkpoint();
        while (log.size() < 512) {
            log.decide("later-" + log.size());
        }
        log.export(served);
        Files.writeString(served.resolve("checkpoint"), checkpoint);
        Files.createDirectories(served.resolve("tile/1/000.p"));
        Files.write(
                served.resolve("tile/1/000.p/1"),
                java.util.Arrays.copyOf(Files.readAllBytes(served.resolve("tile/1/000.p/2")), 32));

        assertThat(verify(server.address()).defects()).isEmpty();
    }

    @Test
    void serverThatIsJustStarting_isAskedAgain_brokenOneIsAnError() throws IOException {
        TestLog.of(3).export(served);
        server.breakDown(2);
        assertThat(verify(server.address()).verified()).isTrue();

        server.breakDown(100);
        assertThatThrownBy(() -> verify(server.address()))
                .isInstanceOf(UnreadableException.class)
                .hasMessage(server.address() + "/checkpoint: cannot be read: the answer is 503");
    }

    @Test
    void addressWithoutALog_isAnError() {
        assertThatThrownBy(() -> verify(server.address()))
                .isInstanceOf(UnreadableException.class)
                .hasMessageStartingWith(server.address() + "/checkpoint: 404, there is no log.");
        assertThatThrownBy(() -> verify("http://")).isInstanceOf(UnreadableException.class);
        assertThatThrownBy(() -> verify("http://a b/")).hasMessageStartingWith("`http://a b/` is no address.");
    }

    @Test
    void export_isComplete_andGoesOnWhereItWas() throws IOException {
        TestLog log = TestLog.of(300);
        log.export(served);
        LogExport export = new LogExport(LogSource.at(server.address()), copy);

        assertThat(export.copy((done, total) -> {})).isEqualTo(new LogExport.Copied(300, 5, 5));
        assertThat(verify(copy.toString()).verified()).isTrue();
        assertThat(export.copy((done, total) -> {})).isEqualTo(new LogExport.Copied(300, 5, 0));

        while (log.size() < 900) {
            log.decide("later-" + log.size());
        }
        log.export(served);
        Files.delete(copy.resolve("tile/0/000"));
        assertThat(export.copy((done, total) -> {})).isEqualTo(new LogExport.Copied(900, 9, 8));
        assertThat(verify(copy.toString()).verified()).isTrue();
        assertThat(verify(copy.toString()).size()).isEqualTo(900);

        Files.delete(served.resolve("tile/0/000"));
        Files.delete(copy.resolve("tile/0/000"));
        assertThatThrownBy(() -> export.copy((done, total) -> {}))
                .isInstanceOf(UnreadableException.class)
                .hasMessage("tile/0/000: the log does not have it");
    }
}
