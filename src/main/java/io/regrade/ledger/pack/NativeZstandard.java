package io.regrade.ledger.pack;

import com.github.luben.zstd.util.Native;
import java.util.Optional;

/**
 * The library that compresses: machine code, which is unpacked to the directory for temporary files when nobody tells
 * where it is. Thread-safe.
 */
public final class NativeZstandard {

    /** The property of Java that names the library's file, for those whose temporary files must not be run. */
    static final String PATH = "ZstdNativePath";

    private NativeZstandard() {}

    /** Loads it, once for the process. Says why that is not possible, and then never will be; empty when it is there. */
    public static Optional<String> problem() {
        try {
            Native.load();
            return Optional.empty();
        } catch (LinkageError e) {
            String path = System.getProperty(PATH);
            return Optional.of("nothing can be recorded: the library that compresses cannot be loaded, "
                    + firstLine(e)
                    + (path == null
                            ? ". Maybe `" + System.getProperty("java.io.tmpdir")
                                    + "`, where it is unpacked, is full or mounted with `noexec`;"
                                    + " `-D" + PATH + "=FILE` names a library that is unpacked already"
                            : ". Maybe `-D" + PATH + "=" + path + "` names no library of this kind of machine"));
        }
    }

    private static String firstLine(LinkageError error) {
        return String.valueOf(error.getMessage()).lines().findFirst().orElse("it does not say why");
    }
}
