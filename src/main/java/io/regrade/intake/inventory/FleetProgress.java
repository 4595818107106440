package io.regrade.intake.inventory;

/** Told how far the reading of a file is; called on the reading thread, often. */
@FunctionalInterface
public interface FleetProgress {

    /** Tells nobody. */
    FleetProgress NONE = (file, bytes, total) -> {};

    /**
     * Some more of a file was read.
     *
     * @param file the file's name in the fleet directory
     * @param bytes read so far, as they lie on disk
     * @param total the file's size in bytes
     */
    void read(String file, long bytes, long total);
}
