package io.regrade.intake.manifest.source;

import io.regrade.intake.manifest.found.Findings;
import io.regrade.intake.manifest.found.Format;

/** Reads one format. Stateless; safe to share between threads. */
public interface ManifestReader {

    /** What it reads. */
    Format format();

    /** Whether this is its format, by content: cheap, and never fails. */
    boolean recognises(Glance glance);

    /**
     * Reads it.
     *
     * @param within reads what lies within it
     * @throws io.regrade.intake.manifest.found.ManifestException when it cannot be read
     */
    void read(Source source, Findings findings, Within within);

    /** Reads what lies within a file, such as a library in a package. */
    @FunctionalInterface
    interface Within {

        /** Reads it when it is of a format that is known; its findings go where the outer one's go. */
        void read(Source inner, Findings findings);
    }
}
