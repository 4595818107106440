package io.regrade.catalog;

import io.regrade.catalog.Amounts.Floors;
import java.util.Arrays;

/**
 * The targets of an order that can be among the first k answers to any question about amounts.
 *
 * <p>A target with k others before it that each offer as much of everything can never be: whenever it meets all floors,
 * so do they. The rest is the k-skyband (Papadias, Tao, Fu and Seeger, "Progressive skyline computation in database
 * systems", 2005). In real catalogues, where one shape of machine is sold in many regions, it is a small part. It is
 * enough to compare with members: among the first k that surpass a target, each is surpassed by fewer than k.
 */
final class Skyband {

    private static final int BLOCK = 16;
    private static final int COMPARISONS_EACH = 64;

    private final long[] ranks;
    private final int k;
    private final int[] members;
    /** The highest ranks among each {@value #BLOCK} members. */
    private final long[] blocks;

    private int size;
    private long budget;

    private Skyband(long[] ranks, int[] places, int k) {
        this.ranks = ranks;
        this.k = k;
        this.members = new int[places.length];
        this.blocks = new long[(places.length / BLOCK + 1) * Amounts.LONGS];
        this.budget = (long) COMPARISONS_EACH * places.length;
    }

    /**
     * The k-skyband in the given order, or more than that where finding it would take too long: every target after the
     * work has run out stays in, which makes a search slower and no less exact.
     *
     * @param ranks the ranks of all targets of the catalogue
     * @param places the places of the ordered targets in the catalogue
     * @param k how many answers are to be exact
     */
    static int[] of(long[] ranks, int[] places, int k) {
        Skyband skyband = new Skyband(ranks, places, k);
        for (int place : places) {
            if (skyband.budget <= 0 || !skyband.surpassed(place)) {
                skyband.add(place);
            }
        }
        return Arrays.copyOf(skyband.members, skyband.size);
    }

    private void add(int place) {
        Amounts.max(blocks, size / BLOCK * Amounts.LONGS, ranks, place * Amounts.LONGS);
        members[size++] = place;
    }

    /** Whether k members offer as much of everything; the latest are the likeliest and asked first. */
    private boolean surpassed(int place) {
        Floors offered = Floors.ofTarget(ranks, place);
        int by = 0;
        for (int block = (size - 1) / BLOCK; block >= 0 && size > 0; block--) {
            budget--;
            if (offered.metBy(blocks, block * Amounts.LONGS)) {
                for (int i = block * BLOCK; i < Math.min(size, (block + 1) * BLOCK); i++) {
                    budget--;
                    if (offered.metBy(ranks, members[i] * Amounts.LONGS) && ++by == k) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
