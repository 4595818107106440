package io.regrade.intake.inventory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The files of a fleet directory, found and opened; what is missing is reported. */
record FleetFiles(Path directory, IntakeLimits limits, FleetProgress progress, Problems problems) {

    static final String VMS = "vms.csv";
    static final String TARGETS = "targets.csv";
    static final String USAGE = "usage.csv";
    static final String USAGE_GZ = "usage.csv.gz";
    static final String MODULES = "modules.csv";
    static final String SLAS = "slas.csv";
    static final String SHARED = "shared.csv";
    static final String PRICING = "pricing.yaml";

    /**
     * Looks at a directory.
     *
     * @throws IntakeException when it is none
     */
    static FleetFiles find(Path directory, IntakeLimits limits, FleetProgress progress, Problems problems) {
        if (!Files.isDirectory(directory)) {
            problems.add(
                    directory.toString(),
                    0,
                    Files.exists(directory)
                            ? "this is a file, not a fleet directory. Maybe the directory it is in"
                            : "there is no such directory. Maybe the path is misspelled");
            problems.throwIfAny();
        }
        return new FleetFiles(directory, limits, progress, problems);
    }

    boolean has(String name) {
        return Files.exists(directory.resolve(name));
    }

    /** Opens a file that must be there. */
    void with(String name, Consumer<Source> reader) {
        with(name, limits.maxTableBytes(), reader);
    }

    /** Opens a file that need not be there. */
    void withOptional(String name, Consumer<Source> reader) {
        if (has(name)) {
            with(name, reader);
        }
    }

    /** Opens the usage file, compressed or not. */
    void withUsage(Consumer<Source> reader) {
        if (has(USAGE) && has(USAGE_GZ)) {
            problems.add(
                    directory.toString(),
                    0,
                    "there are both `" + USAGE + "` and `" + USAGE_GZ + "`. Maybe one of them is left over");
        } else {
            with(has(USAGE_GZ) ? USAGE_GZ : USAGE, limits.maxUsageBytes(), reader);
        }
    }

    private void with(String name, long maxBytes, Consumer<Source> reader) {
        Path file = directory.resolve(name);
        if (!Files.exists(file)) {
            problems.add(
                    file.toString(),
                    0,
                    "there is no such file. Maybe `" + directory + "` is not a fleet directory; it needs `" + VMS
                            + "`, `" + TARGETS + "` and `" + USAGE + "` or `" + USAGE_GZ + "`");
        } else if (!Files.isRegularFile(file)) {
            problems.add(file.toString(), 0, "this is not a file");
        } else {
            try {
                reader.accept(Source.of(file, maxBytes, limits, progress));
            } catch (IOException e) {
                problems.add(file.toString(), 0, "the file cannot be read: " + e.getMessage());
            }
        }
    }
}
