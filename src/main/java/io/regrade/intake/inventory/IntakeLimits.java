package io.regrade.intake.inventory;

/**
 * How much an input may ask for before it is refused.
 *
 * @param maxLineChars the longest line of a file, characters
 * @param maxTableBytes the largest file that is kept in memory, such as {@code vms.csv}, bytes
 * @param maxUsageBytes the largest usage file after decompression, bytes
 * @param maxGzipRatio how many times its compressed size a file may decompress to
 * @param gzipRatioFrom the ratio is not looked at before so many bytes came out: the start of a file may be dull
 * @param maxProblems how many problems are listed; the rest is counted
 */
public record IntakeLimits(
        int maxLineChars,
        long maxTableBytes,
        long maxUsageBytes,
        int maxGzipRatio,
        long gzipRatioFrom,
        int maxProblems) {

    /**
     * Lines of 1 MiB, tables of 256 MiB, usage of 64 GiB; gzip up to 400 times after 64 MiB (a usage file of one
     * constant compresses about 150 times, a bomb 1,000 times); 100 problems.
     */
    public static final IntakeLimits DEFAULT = new IntakeLimits(1 << 20, 256L << 20, 64L << 30, 400, 64L << 20, 100);
}
