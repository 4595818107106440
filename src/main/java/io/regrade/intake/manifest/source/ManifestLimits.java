package io.regrade.intake.manifest.source;

/**
 * How much a manifest may ask for before it is refused.
 *
 * @param maxTextBytes the largest text, bytes
 * @param maxBinaryBytes the largest binary or archive that is kept in memory, bytes
 * @param maxElements the most elements of an XML document, or nodes of a YAML one
 * @param maxDepth the deepest nesting of XML elements and of YAML collections
 * @param maxEntries the most entries of an archive
 * @param maxInflatedBytes the most that is decompressed for one file, archives within it included, bytes
 * @param maxRatio how many times its compressed size an archive may decompress to
 * @param ratioFrom the ratio is not looked at before so many bytes came out
 * @param maxArchiveDepth how many archives may lie within each other
 */
public record ManifestLimits(
        int maxTextBytes,
        int maxBinaryBytes,
        int maxElements,
        int maxDepth,
        int maxEntries,
        long maxInflatedBytes,
        int maxRatio,
        long ratioFrom,
        int maxArchiveDepth) {

    /** Texts of 8 MiB, binaries of 256 MiB; 20,000 entries and 512 MiB inflated, 200 times after 8 MiB; 3 archives deep. */
    public static final ManifestLimits DEFAULT =
            new ManifestLimits(8 << 20, 256 << 20, 200_000, 64, 20_000, 512L << 20, 200, 8L << 20, 3);
}
