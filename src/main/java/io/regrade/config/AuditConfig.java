package io.regrade.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The audit log.
 *
 * @param origin the log's name, which its checkpoints begin with; a log keeps the name it was begun with
 * @param keyFile where its signing key is, null for {@code audit.key} in the data directory
 */
public record AuditConfig(String origin, @Nullable Path keyFile) {

    /** This log with its relative path starting at a directory. */
    AuditConfig at(Path home) {
        return new AuditConfig(origin, keyFile == null ? null : home.resolve(keyFile));
    }
}
