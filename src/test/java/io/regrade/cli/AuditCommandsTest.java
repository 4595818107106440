package io.regrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regrade.audit.ServedDirectory;
import io.regrade.audit.TestLog;
import io.regrade.engine.drools.CompiledOnce;
import io.regrade.ledger.log.KeyRotation;
import io.regrade.ledger.log.LogKey;
import io.regrade.tlog.SigningKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code regrade audit} as people run it. */
class AuditCommandsTest {

    private static final String KEY = TestLog.KEY.verifier().toString();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @AfterEach
    void nobodySeesTheInsides() {
        assertThat(out.toString() + err).doesNotContain("Exception", "io.regrade", "java.", "\tat ", "PRIVATE+KEY");
    }

    private int run(Object... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        String[] texts = new String[arguments.length + 1];
        texts[0] = "audit";
        for (int i = 0; i < arguments.length; i++) {
            texts[i + 1] = arguments[i].toString();
        }
        Services services = new Services(directory, CompiledOnce.compiler(), new Launcher(), Clock.systemUTC());
        return RegradeCommand.commandLine(services)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(texts);
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    @Test
    void verify_ofAServedLog_saysWhatIsInIt() throws IOException {
        TestLog.of(300).export(directory.resolve("log"));
        try (ServedDirectory served = new ServedDirectory(directory.resolve("log"))) {
            assertThat(run("verify", "--log", served.address(), "--key", KEY)).isZero();
        }

        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().lines().toList())
                .hasSize(5)
                .contains(
                        "leaves     300 decision",
                        "times      2025-03-01T00:00:00Z to 2025-03-01T00:04:59Z",
                        "signed by  " + KEY,
                        "verified");
    }

    @Test
    void verify_ofAChangedLog_namesTheDefect_andExitsWith1() throws IOException {
        Path log = TestLog.of(300).export(directory.resolve("log"));
        byte[] bundle = Files.readAllBytes(log.resolve("tile/entries/000"));
        bundle[100] ^= 1;
        Files.write(log.resolve("tile/entries/000"), bundle);

        assertThat(run("verify", "--log", log, "--key", KEY)).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("leaf 0: the entry in tile/entries/000 was changed: its hash is not the one in the tree;"
                        + " expected ");
        assertThat(out.toString()).endsWith("not verified: 1 defect\n");

        assertThat(run("verify", "--log", log, "--key", KEY, "--format", "json"))
                .isEqualTo(1);
        JsonNode report = JSON.readTree(out.toString());
        assertThat(report.path("verified").asBoolean(true)).isFalse();
        assertThat(report.path("defects").path(0).path("where").asText()).isEqualTo("leaf 0");
        assertThat(report.path("log").path("leaves").path("decision").asInt()).isEqualTo(299);

        assertThat(run("verify", "--log", log, "--key", KEY, "--format", "csv")).isEqualTo(1);
        assertThat(out.toString()).startsWith("where,what,expected,found\nleaf 0,");
    }

    @Test
    void verify_withoutAKey_isNotVerified_andSaysWhy() throws IOException {
        Path log = TestLog.of(3).export(directory.resolve("log"));

        assertThat(run("verify", "--log", log)).isEqualTo(1);
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .endsWith("not verified: all is consistent, but without --key nobody knows who signed it\n");
    }

    @Test
    void verify_ofAReceiptWithItsDecision_needsNoLog() throws IOException {
        TestLog log = TestLog.of(300);
        Path receipt = file("7.tlog-proof", log.receipt(7));
        Path decision = file("7.json", log.decision(7).toPrettyString());

        assertThat(run("verify", "--receipt", receipt, "--decision", decision, "--key", KEY))
                .isZero();
        assertThat(out.toString().lines().toList())
                .contains(
                        "receipt    leaf 7 of 300 in regrade.test/log",
                        "compared   id, action, policy, trace, result, facts, vm",
                        "verified");

        Path other = file("8.json", log.decision(8).toPrettyString());
        assertThat(run("verify", "--receipt", receipt, "--decision", other, "--key", KEY))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("decision: its id is not the leaf's; expected decision-7, found decision-8");
    }

    @Test
    void verify_ofALogWithAKeptCheckpointAndAReceipt_afterARotation() throws IOException {
        TestLog log = TestLog.of(5);
        Path kept = file("kept", log.checkpoint());
        Path receipt = file("3.tlog-proof", log.receipt(3));
        SigningKey next = SigningKey.generate("regrade.test/log", new SecureRandom());
        Path exported = log.add(KeyRotation.leaf(TestLog.START, TestLog.KEY, next))
                .signWith(next)
                .decide("later")
                .export(directory.resolve("log"));

        for (String key : new String[] {KEY, next.verifier().toString()}) {
            assertThat(run("verify", "--log", exported, "--since", kept, "--receipt", receipt, "--key", key))
                    .isZero();
            assertThat(out.toString())
                    .contains("rotations  1\n", "signed by  " + next.verifier())
                    .endsWith("verified\n");
        }

        Path other = TestLog.of(9).export(directory.resolve("other"));
        assertThat(run("verify", "--log", other, "--since", kept, "--receipt", receipt, "--key", KEY))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains(kept + ": the log does not continue it", "checkpoint of " + receipt + ": the log does not");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "verify | nothing to verify. Maybe `--log URL` or `--receipt FILE`",
                "verify --receipt x --since y | `--since` needs `--log`",
                "verify --log x --decision y | `--decision` needs `--receipt`",
                "verify --log x --key y | --key: the public key `y` is not of the form `name+id+base64`",
                "verify --log nowhere | nowhere: there is no such directory",
                "verify --receipt nowhere | nowhere: there is no such file",
                "verify --log http://127.0.0.1:1/x | http://127.0.0.1:1/x/checkpoint: cannot be read: ",
                "export --log nowhere --to there | nowhere: there is no such directory",
                "export --log nowhere | Missing required option: '--to=DIR'"
            })
    void wrongUsageOrInput_exitsWith2(String arguments, String message) {
        assertThat(run((Object[]) arguments.split(" "))).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith(message);
    }

    @Test
    void export_copiesALogThatVerifies() throws IOException {
        Path log = TestLog.of(300).export(directory.resolve("log"));
        Path copy = directory.resolve("copy");

        assertThat(run("export", "--log", log, "--to", copy)).isZero();
        assertThat(out.toString()).isEqualTo("300 leaves are in " + copy + ": 5 of 5 tiles and bundles were new\n");
        assertThat(run("verify", "--log", copy, "--key", KEY)).isZero();
    }

    @Test
    void key_printsThePublicKey_andMakesNone() {
        assertThat(run("key")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo(directory.resolve("log.key")
                        + ": there is no key yet. Maybe start the server once, which makes" + " it\n");

        String made = LogKey.open(directory.resolve("log.key"), "regrade.test/log", Map.of())
                .vkey();
        assertThat(run("key")).isZero();
        assertThat(out.toString()).isEqualTo(made + "\n");

        environment.put(LogKey.VARIABLE, TestLog.KEY.secret());
        assertThat(run("key")).isZero();
        assertThat(out.toString()).isEqualTo(KEY + "\n");

        environment.put(LogKey.VARIABLE, "nonsense");
        assertThat(run("key")).isEqualTo(2);
        assertThat(err.toString()).startsWith("REGRADE_LOG_KEY: the secret key does not start with");
        err = new StringWriter();
    }

    @Test
    void rotateKey_makesTheNextKey_once() {
        assertThat(run("rotate-key")).isEqualTo(2);
        Path file = directory.resolve("log.key");
        String made = LogKey.open(file, "regrade.test/log", Map.of()).vkey();

        assertThat(run("rotate-key")).isZero();
        assertThat(out.toString().strip())
                .isEqualTo(LogKey.next(file, "regrade.test/log").orElseThrow().vkey())
                .isNotEqualTo(made);
        assertThat(run("key")).isZero();
        assertThat(out.toString()).isEqualTo(made + "\n");
        assertThat(run("rotate-key")).isEqualTo(2);
        assertThat(err.toString()).contains("a rotation was prepared already");
        environment.put(LogKey.VARIABLE, TestLog.KEY.secret());
        assertThat(run("rotate-key")).isEqualTo(2);
        assertThat(err.toString()).startsWith("REGRADE_LOG_KEY: the key is given by the environment");
    }

    private final class Launcher implements ServerLauncher {

        @Override
        public Running start(Start start) {
            throw new BadConfiguration("no server here");
        }

        @Override
        public Running start(Start start, Preload preload) {
            return start(start);
        }

        @Override
        public LogKeyPlace logKey(Start start) {
            return new LogKeyPlace(directory.resolve("log.key"), "regrade.test/log", environment);
        }
    }
}
