package io.regrade.db.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.db.DatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Where a server's data are, and the password to it.
 *
 * @param path PostgreSQL's own data directory
 * @param password of {@link #USER}
 */
record DataDirectory(Path path, String password) {

    static final String USER = "regrade";
    private static final int PASSWORD_BYTES = 24;
    private static final int INIT_SECONDS = 60;

    /**
     * The directory below Regrade's, made when it is missing.
     *
     * @throws DatabaseException when it cannot be used; the message says why
     */
    static DataDirectory in(Path home, Path programs, Unprivileged user) throws IOException {
        Path data = home.resolve("postgres");
        String password = password(home.resolve("postgres.password"));
        prepare(home, data, programs, user, password);
        return new DataDirectory(data, password);
    }

    private static String password(Path file) throws IOException {
        if (Files.exists(file) && Files.size(file) > 0) {
            return Files.readString(file, UTF_8).strip();
        }
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, password + "\n", UTF_8);
        return password;
    }

    private static void prepare(Path home, Path data, Path programs, Unprivileged user, String password)
            throws IOException {
        Path version = data.resolve("PG_VERSION");
        Path done = home.resolve("postgres.made");
        if (Files.exists(version) && Files.exists(done)) {
            String major = Files.readString(version, UTF_8).strip();
            if (!major.equals(String.valueOf(Binaries.MAJOR))) {
                throw new DatabaseException("the data in " + data + " is of PostgreSQL " + major + ", this is "
                        + Binaries.MAJOR + ". Maybe move it with `pg_upgrade`, or `pg_dump` it with the older program");
            }
            user.own(data);
            return;
        }
        if (Files.exists(done)) {
            throw new DatabaseException("the data in " + data + " is gone or damaged: PG_VERSION is missing."
                    + " Maybe restore a backup, or remove " + done + " to begin anew");
        }
        if (Files.exists(data)) {
            Binaries.remove(data); // what an initdb left that did not come to its end
        }
        Files.createDirectory(data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        user.own(data);
        initialise(home, data, programs, user, password);
        Files.createFile(done);
    }

    private static void initialise(Path home, Path data, Path programs, Unprivileged user, String password)
            throws IOException {
        Path secret = Files.createTempFile(data, "password", "");
        Path log = home.resolve("postgres.log");
        try {
            Files.writeString(secret, password, UTF_8);
            user.own(data);
            Path passwordFile = home.resolve("postgres.init");
            Files.move(secret, passwordFile, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            secret = passwordFile;
            List<String> command = new ArrayList<>(user.prefix());
            command.addAll(List.of(
                    programs.resolve("bin/initdb").toString(),
                    "-D",
                    data.toString(),
                    "-U",
                    USER,
                    "-A",
                    "scram-sha-256",
                    "--pwfile=" + secret,
                    "--locale=C",
                    "--encoding=UTF8",
                    "--data-checksums"));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            if (!isDone(process)) {
                String why = PostgresProcess.lastLine(log);
                throw new DatabaseException("PostgreSQL could not make its data directory " + data + ": " + why
                        + (why.contains("could not look up effective user ID")
                                ? ". Maybe give that user an entry in `/etc/passwd`, or name a database with `url` of"
                                        + " `database`"
                                : ". Maybe the disk is full"));
            }
        } finally {
            Files.deleteIfExists(secret);
        }
    }

    private static boolean isDone(Process process) {
        try {
            if (process.waitFor(INIT_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return false;
    }
}
