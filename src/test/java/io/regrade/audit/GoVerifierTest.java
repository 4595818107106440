package io.regrade.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.tlog.EntryBundle;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The log as the Go project's own library for its checksum database reads it: nobody here wrote that one. Needs Go and
 * Debian's {@code golang-golang-x-mod-dev}; without them it is skipped, and says so.
 */
class GoVerifierTest {

    private static final Path LIBRARY = Path.of("/usr/share/gocode");

    @TempDir
    static Path shared;

    private static Path program;

    @TempDir
    Path directory;

    @BeforeAll
    static void build() throws Exception {
        Optional<Path> go = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(entry -> Path.of(entry, "go"))
                .filter(Files::isExecutable)
                .findFirst();
        if (go.isEmpty() || !Files.isDirectory(LIBRARY.resolve("src/golang.org/x/mod/sumdb/tlog"))) {
            String missing = (go.isEmpty() ? "`go`" : "golang.org/x/mod in `" + LIBRARY + "`") + " is missing";
            String told = "SKIPPED: the log was not verified with Go's library, because " + missing
                    + ". Maybe `apt-get install golang-go golang-golang-x-mod-dev`";
            System.out.println(told);
            Assumptions.abort(told);
        }
        program = shared.resolve("verifylog");
        Path source = Path.of("src/test/go/verifylog/main.go").toAbsolutePath();
        String output = run(go.orElseThrow().toString(), "build", "-o", program.toString(), source.toString());
        assertThat(program).as(output).exists();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(shared, "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("GO111MODULE", "off");
        builder.environment().put("GOPATH", LIBRARY.toString());
        builder.environment().put("GOFLAGS", "");
        builder.environment().put("GOCACHE", shared.resolve("cache").toString());
        Process process = builder.start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return Files.readString(output) + "exit " + process.exitValue();
    }

    private String verify(String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program.toString(), directory.toString(), TestLog.KEY.verifier().toString()));
        command.addAll(List.of(more));
        return run(command.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 255, 256, 257, 600, 1300})
    void log_isVerified(int size) throws Exception {
        TestLog.of(size).export(directory);

        assertThat(verify()).isEqualTo("verified " + size + " entries\nexit 0");
    }

    @Test
    void receiptsAndAKeptCheckpoint_areVerified() throws Exception {
        TestLog log = TestLog.of(300);
        Files.writeString(directory.resolve("kept"), log.checkpoint());
        while (log.size() < 700) {
            log.decide("later-" + log.size());
        }
        log.export(directory);
        List<String> more = new ArrayList<>(List.of("since=" + directory.resolve("kept")));
        for (int index : new int[] {0, 255, 256, 511, 512, 699}) {
            Path receipt = directory.resolve(index + ".tlog-proof");
            Files.write(receipt, log.receipt(index).getBytes(UTF_8));
            more.add("receipt=" + receipt);
        }

        assertThat(verify(more.toArray(String[]::new)))
                .isEqualTo("verified 700 entries\nverified since\n"
                        + "verified receipt 0\nverified receipt 255\nverified receipt 256\n"
                        + "verified receipt 511\nverified receipt 512\nverified receipt 699\nexit 0");
    }

    @Test
    void changedLog_isRefused() throws Exception {
        TestLog.of(600).export(directory);
        Path bundle = directory.resolve("tile/entries/001");
        List<byte[]> entries = EntryBundle.parse(Files.readAllBytes(bundle));
        entries.get(44)[20] ^= 1;
        Files.write(bundle, EntryBundle.format(entries));
        assertThat(verify()).isEqualTo("not verified: entry 300 is not that of the tree\nexit 1");

        TestLog.of(600).export(directory);
        Path tile = directory.resolve("tile/0/000");
        byte[] bytes = Files.readAllBytes(tile);
        bytes[40] ^= 1;
        Files.write(tile, bytes);
        assertThat(verify()).startsWith("not verified: ").endsWith("exit 1");

        TestLog.of(600).export(directory);
        String checkpoint = Files.readString(directory.resolve("checkpoint"));
        Files.writeString(directory.resolve("checkpoint"), checkpoint.replace("\n600\n", "\n599\n"));
        assertThat(verify()).startsWith("not verified: ").endsWith("exit 1");
    }
}
