package io.regrade.ledger.log;

import io.regrade.tlog.Checkpoint;
import io.regrade.tlog.MalformedException;
import io.regrade.tlog.Note;
import io.regrade.tlog.SigningKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The key that signs the log's checkpoints. Its name is the log's origin. Immutable and thread-safe. */
public final class LogKey {

    /** The variable that holds the secret key's text; it goes before the file. */
    public static final String VARIABLE = "REGRADE_LOG_KEY";
    /** The name of a log that was given none. */
    public static final String DEFAULT_ORIGIN = "regrade.local/log";

    private final SigningKey key;

    private LogKey(SigningKey key) {
        this.key = key;
    }

    /** A key that is at hand. */
    public static LogKey of(SigningKey key) {
        return new LogKey(key);
    }

    /**
     * The key of the environment, or of the file, or else a new one, which is written to the file.
     *
     * @param file readable by its owner alone; made when it is missing, never written over
     * @param origin the log's name
     * @throws LogKeyException when there is a key that cannot be used, or the file cannot be read or made
     */
    public static LogKey open(Path file, String origin, Map<String, String> environment) {
        return read(file, origin, environment).orElseGet(() -> {
            SigningKey made;
            try {
                made = SigningKey.generate(origin, new SecureRandom());
            } catch (MalformedException e) {
                throw new LogKeyException("the log cannot be named `" + origin + "`: " + e.getMessage());
            }
            // Another server may have been faster; then its key is the one.
            return KeyFile.create(file, made) ? new LogKey(made) : named(KeyFile.read(file), file.toString(), origin);
        });
    }

    /**
     * The key of the environment or of the file; nothing is made.
     *
     * @throws LogKeyException when there is a key that cannot be used
     */
    public static Optional<LogKey> read(Path file, String origin, Map<String, String> environment) {
        String variable = environment.get(VARIABLE);
        if (variable != null) {
            try {
                return Optional.of(named(SigningKey.parse(variable.strip()), VARIABLE, origin));
            } catch (MalformedException e) {
                throw new LogKeyException(VARIABLE + ": " + e.getMessage());
            }
        }
        return KeyFile.exists(file)
                ? Optional.of(named(KeyFile.read(file), file.toString(), origin))
                : Optional.empty();
    }

    /**
     * The key that is to come after the one of a file, if a rotation was prepared.
     *
     * @throws LogKeyException when it cannot be used
     */
    public static Optional<LogKey> next(Path file, String origin) {
        Path next = nextFile(file);
        return KeyFile.exists(next)
                ? Optional.of(named(KeyFile.read(next), next.toString(), origin))
                : Optional.empty();
    }

    /**
     * Prepares a rotation: makes the key that is to come, in the file {@code <file>.next}. The server passes the log on to
     * it when it starts: it appends {@link KeyRotation#leaf}, and then calls {@link #promote}.
     *
     * @throws LogKeyException when there is one already, or it cannot be written
     */
    public static LogKey prepareNext(Path file, String origin) {
        Path next = nextFile(file);
        SigningKey made = SigningKey.generate(origin, new SecureRandom());
        if (!KeyFile.create(next, made)) {
            throw new LogKeyException(next + ": a rotation was prepared already; the server does it when it starts");
        }
        return new LogKey(made);
    }

    /**
     * Puts the key that was to come in the place of the old one, which is gone then. To be called once the rotation's leaf
     * lasts; after a crash in between, at the next start. Nothing happens when another server has done it.
     *
     * @throws LogKeyException when the files cannot be written
     */
    public static void promote(Path file) {
        Path next = nextFile(file);
        if (KeyFile.exists(next)) {
            KeyFile.replace(file, next);
        }
    }

    private static Path nextFile(Path file) {
        return file.resolveSibling(file.getFileName() + ".next");
    }

    private static LogKey named(SigningKey key, String place, String origin) {
        if (!key.verifier().name().equals(origin)) {
            throw new LogKeyException(
                    place + ": the key is named `" + key.verifier().name() + "`, but the log is named `" + origin
                            + "`. Maybe name the log `" + key.verifier().name() + "`");
        }
        return new LogKey(key);
    }

    /** The log's name, the first line of its checkpoints. */
    public String origin() {
        return key.verifier().name();
    }

    /** The public key, as {@code regrade audit key} prints it. */
    public String vkey() {
        return key.verifier().toString();
    }

    /** The signed checkpoint of a tree, as it is served. */
    public String checkpoint(long size, byte[] root) {
        return sign(new Checkpoint(origin(), size, root).text());
    }

    /** A signed note of a text, which ends with a newline. */
    public String sign(String body) {
        return new Note(body, List.of(key.sign(body))).format();
    }

    /** The key itself, for {@link KeyRotation}. */
    public SigningKey signingKey() {
        return key;
    }
}
