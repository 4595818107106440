package io.regrade.audit;

import io.regrade.tlog.TilePath;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A log as it is served or exported: a checkpoint and tiles by their paths. Thread-safe. */
public interface LogSource {

    /**
     * The newest checkpoint's bytes.
     *
     * @throws UnreadableException when there is none
     */
    byte[] checkpoint();

    /**
     * A tile or bundle.
     *
     * @return its bytes; empty when the log does not have it
     * @throws UnreadableException when nobody can say whether the log has it
     */
    Optional<byte[]> read(TilePath path);

    /**
     * The log at a place.
     *
     * @param place an {@code http:} or {@code https:} address, or a directory
     * @throws UnreadableException when the place can be neither
     */
    static LogSource at(String place) {
        if (place.startsWith("http://") || place.startsWith("https://")) {
            try {
                return new HttpLog(new URI(place.endsWith("/") ? place : place + "/"));
            } catch (URISyntaxException e) {
                throw new UnreadableException("`" + place + "` is no address. Maybe `http://127.0.0.1:8080/v1/audit`");
            }
        }
        try {
            return new DirectoryLog(Path.of(place));
        } catch (InvalidPathException e) {
            throw new UnreadableException("`" + place + "` is neither an address nor a directory");
        }
    }
}
