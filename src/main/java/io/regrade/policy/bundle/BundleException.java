package io.regrade.policy.bundle;

import java.util.List;
import java.util.stream.Collectors;

/** The files of a policy cannot be taken, for every reason that was found. */
public final class BundleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Flaw> flaws;

    /**
     * Something that is wrong.
     *
     * @param code a stable name for this kind of finding, such as {@code path-escape}
     * @param file the entry or file it is about; the archive or the directory itself when it is about all of it
     * @param message what is wrong, and what may be meant instead
     */
    public record Flaw(String code, String file, String message) {}

    BundleException(List<Flaw> flaws) {
        super(flaws.stream().map(flaw -> flaw.file() + ": " + flaw.message()).collect(Collectors.joining("\n")));
        this.flaws = List.copyOf(flaws);
    }

    BundleException(String code, String file, String message) {
        this(List.of(new Flaw(code, file, message)));
    }

    /** Everything that was found. */
    public List<Flaw> flaws() {
        return flaws;
    }
}
