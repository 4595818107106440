package io.regrade.pipeline;

import java.util.Optional;
import java.util.SortedMap;

/** The versions of policies that are kept, loaded or not. Thread-safe. */
@FunctionalInterface
public interface StoredVersions {

    /** Keeps none. */
    StoredVersions NONE = (name, digest) -> Optional.empty();

    /**
     * The files of a version as they were written, by path.
     *
     * @param digest {@code sha256:} and at least eight digits; the rest may be cut
     */
    Optional<SortedMap<String, String>> files(String name, String digest);
}
