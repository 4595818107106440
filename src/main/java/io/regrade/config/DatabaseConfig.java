package io.regrade.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The database.
 *
 * @param url {@code postgresql://host:port/name}; empty for a PostgreSQL of Regrade's own, in the data directory
 * @param user who connects
 * @param password never printed
 * @param passwordFile where the password is read, null when it is given
 * @param pool the most connections for short work
 */
public record DatabaseConfig(
        String url, String user, String password, @Nullable Path passwordFile, int pool) {

    /** This database with its relative path starting at a directory. */
    DatabaseConfig at(Path home) {
        return new DatabaseConfig(url, user, password, passwordFile == null ? null : home.resolve(passwordFile), pool);
    }

    /** Whether Regrade is to start a PostgreSQL of its own. */
    public boolean isEmbedded() {
        return url.isEmpty();
    }

    @Override
    public String toString() {
        return "DatabaseConfig[url=" + url.replaceAll("\\?.*", "") + ", user=" + user + ", pool=" + pool + "]";
    }
}
