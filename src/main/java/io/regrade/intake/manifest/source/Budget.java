package io.regrade.intake.manifest.source;

import io.regrade.intake.manifest.found.ManifestException;
import io.regrade.intake.manifest.found.Place;

/** What may still be decompressed for one file, however archives lie within each other. */
public final class Budget {

    private final ManifestLimits limits;
    private final String file;
    private final int depth;
    /** Entries and bytes, of all that lies within the file. */
    private final long[] spent;

    private long own;

    Budget(ManifestLimits limits, String file) {
        this(limits, file, 0, new long[2]);
    }

    private Budget(ManifestLimits limits, String file, int depth, long[] spent) {
        this.limits = limits;
        this.file = file;
        this.depth = depth;
        this.spent = spent;
    }

    /** The same budget for what lies within an entry. */
    Budget deeper() {
        if (depth >= limits.maxArchiveDepth()) {
            throw refused("archives lie within each other more than " + limits.maxArchiveDepth() + " deep, which is the"
                    + " limit");
        }
        return new Budget(limits, file, depth + 1, spent);
    }

    /** Takes an entry. */
    void entry() {
        if (++spent[0] > limits.maxEntries()) {
            throw refused("there are more than " + limits.maxEntries() + " entries, which is the limit");
        }
    }

    /** Takes decompressed bytes of an archive. */
    void inflated(Source archive, long bytes) {
        spent[1] += bytes;
        own += bytes;
        if (own > limits.ratioFrom() && own / limits.maxRatio() > archive.size()) {
            throw archive.refused("it grows more than " + limits.maxRatio()
                    + "-fold when it is decompressed, which is the limit. Maybe it is no package");
        }
        if (spent[1] > limits.maxInflatedBytes()) {
            throw refused("more than " + limits.maxInflatedBytes()
                    + " bytes come out when it is decompressed, which is the limit. Maybe it is no package");
        }
    }

    private ManifestException refused(String problem) {
        return new ManifestException(Place.line(file, 0), problem);
    }
}
