package io.regrade.ledger.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regrade.tlog.Checkpoint;
import io.regrade.tlog.Note;
import io.regrade.tlog.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogKeyTest {

    private static final String ORIGIN = LogKey.DEFAULT_ORIGIN;

    @TempDir
    Path directory;

    private LogKey open() {
        return LogKey.open(directory.resolve("log.key"), ORIGIN, Map.of());
    }

    private void keyFile(String content, String permissions) throws IOException {
        Path file = directory.resolve("log.key");
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void missingFile_isMade_forItsOwnerAlone_andReadTheNextTime() throws IOException {
        assertThat(LogKey.read(directory.resolve("log.key"), ORIGIN, Map.of())).isEmpty();

        String made = open().vkey();

        Path file = directory.resolve("log.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file))
                .startsWith("PRIVATE+KEY+regrade.local/log+")
                .endsWith("\n");
        assertThat(open().vkey()).isEqualTo(made).startsWith("regrade.local/log+");
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all).containsExactly(file);
        }
    }

    @Test
    void missingFile_openedByManyAtOnce_isMadeOnce() throws Exception {
        ExecutorService servers = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> opens = Stream.generate(() -> (Callable<String>) () -> open().vkey())
                    .limit(16)
                    .toList();
            List<Future<String>> keys = servers.invokeAll(opens);
            String first = keys.get(0).get();
            for (Future<String> key : keys) {
                assertThat(key.get()).isEqualTo(first);
            }
        } finally {
            servers.shutdownNow();
        }
    }

    @Test
    void checkpoint_isSignedWithTheKey() {
        LogKey key = open();

        Note note = Note.parse(key.checkpoint(3, new byte[32]));

        assertThat(note.isSignedBy(key.signingKey().verifier())).isTrue();
        assertThat(Checkpoint.parse(note.text())).isEqualTo(new Checkpoint(ORIGIN, 3, new byte[32]));
    }

    @Test
    void environment_goesBeforeTheFile() {
        SigningKey key = SigningKey.generate(ORIGIN, new SecureRandom());
        Path file = directory.resolve("log.key");

        assertThat(LogKey.open(file, ORIGIN, Map.of(LogKey.VARIABLE, key.secret() + "\n"))
                        .vkey())
                .isEqualTo(key.verifier().toString());
        assertThat(file).doesNotExist();
        assertThatThrownBy(() -> LogKey.open(file, ORIGIN, Map.of(LogKey.VARIABLE, "hello")))
                .isInstanceOf(LogKeyException.class)
                .hasMessage("REGRADE_LOG_KEY: the secret key does not start with `PRIVATE+KEY+`");
    }

    @Test
    void rotation_isPrepared_andTheNewKeyTakesThePlaceOfTheOld() {
        Path file = directory.resolve("log.key");
        String old = open().vkey();
        assertThat(LogKey.next(file, ORIGIN)).isEmpty();

        String next = LogKey.prepareNext(file, ORIGIN).vkey();

        assertThat(next).isNotEqualTo(old);
        assertThat(open().vkey()).isEqualTo(old);
        assertThat(LogKey.next(file, ORIGIN).orElseThrow().vkey()).isEqualTo(next);
        assertThatThrownBy(() -> LogKey.prepareNext(file, ORIGIN))
                .isInstanceOf(LogKeyException.class)
                .hasMessageEndingWith(
                        "log.key.next: a rotation was prepared already; the server does it when it starts");

        LogKey.promote(file);

        assertThat(open().vkey()).isEqualTo(next);
        assertThat(LogKey.next(file, ORIGIN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rwxrwxrwx", "rw--w----"})
    void fileThatOthersMayUse_isRefused(String permissions) throws IOException {
        keyFile(SigningKey.generate(ORIGIN, new SecureRandom()).secret(), permissions);

        assertThatThrownBy(this::open)
                .isInstanceOf(LogKeyException.class)
                .hasMessageStartingWith(directory.resolve("log.key") + ": the log's key may be used by others than its"
                        + " owner (" + permissions + "). Maybe `chmod 600 ");
    }

    @Test
    void damagedFile_isRefused_andLeftAsItIs() throws IOException {
        Path file = directory.resolve("log.key");
        String secret = SigningKey.generate(ORIGIN, new SecureRandom()).secret();
        for (String content :
                List.of("", "hello", secret.substring(0, 60), secret.replace("+AQ", "+BQ"), secret + "x")) {
            if (content.equals(secret)) {
                continue;
            }
            keyFile(content, "rw-------");

            assertThatThrownBy(this::open)
                    .isInstanceOf(LogKeyException.class)
                    .hasMessageStartingWith(file + ": the log's key is ")
                    .message()
                    .doesNotContain(secret.substring(45));
            assertThat(Files.readString(file)).isEqualTo(content);
        }
        Files.write(file, new byte[] {(byte) 0xff, 1, 2});
        assertThatThrownBy(this::open).hasMessage(file + ": the log's key is damaged: it is not text");
        Files.write(file, new byte[5000]);
        assertThatThrownBy(this::open).hasMessageContaining("has 5000 bytes, which is too long for a key");
    }

    @Test
    void directoryOrDanglingLink_isRefused() throws IOException {
        Path file = directory.resolve("log.key");
        Files.createDirectory(file);
        assertThatThrownBy(this::open).hasMessage(file + ": the log's key is no regular file");
        Files.delete(file);
        Files.createSymbolicLink(file, directory.resolve("nowhere"));
        assertThatThrownBy(this::open).hasMessage(file + ": the log's key is no regular file");
    }

    @Test
    void keyOfAnotherLog_isRefused() throws IOException {
        keyFile(SigningKey.generate("elsewhere/log", new SecureRandom()).secret(), "rw-------");

        assertThatThrownBy(this::open)
                .hasMessageEndingWith("the key is named `elsewhere/log`, but the log is named `regrade.local/log`."
                        + " Maybe name the log `elsewhere/log`");
    }

    @Test
    void fileThatCannotBeMade_saysWhy() throws IOException {
        Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> LogKey.open(directory.resolve("file/log.key"), ORIGIN, Map.of()))
                .isInstanceOf(LogKeyException.class)
                .hasMessageContaining("file/log.key: the log's key cannot be written: ");
        assertThatThrownBy(() -> LogKey.open(directory.resolve("log.key"), "my log", Map.of()))
                .hasMessageStartingWith("the log cannot be named `my log`: ");
    }
}
