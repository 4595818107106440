package io.regrade.audit;

import io.regrade.tlog.TilePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Hashes of the tree that are not those of what is below them, kept until it is known which side is wrong. */
final class Mismatches {

    private static final int KEPT = 1000;

    /** An entry whose tile is known to be right. */
    private record Entry(long leaf, TilePath bundle, String expected, String found) {}

    /** A hash of a tile of which nothing above says whether it is right. */
    private record Hash(TilePath tile, int position, String held, String computed) {}

    private final List<Entry> entries = new ArrayList<>();
    private final List<Hash> hashes = new ArrayList<>();
    private long more;

    void entry(long leaf, TilePath bundle, byte[] expected, byte[] found) {
        if (entries.size() < KEPT) {
            entries.add(new Entry(leaf, bundle, Sha256.hex(expected), Sha256.hex(found)));
        } else {
            more++;
        }
    }

    void hash(TilePath tile, int position, byte[] held, byte[] computed) {
        if (hashes.size() < KEPT) {
            hashes.add(new Hash(tile, position, Sha256.hex(held), Sha256.hex(computed)));
        } else {
            more++;
        }
    }

    /**
     * Tells them all.
     *
     * @param entriesAreRight whether the entries, all taken together, give the checkpoint's root
     */
    void report(Findings findings, boolean entriesAreRight) {
        Map<String, Entry> byExpected = new HashMap<>();
        entries.forEach(entry -> byExpected.put(entry.expected(), entry));
        for (Entry entry : entries) {
            Entry other = byExpected.get(entry.found());
            if (other != null && other.found().equals(entry.expected())) {
                if (entry.leaf() < other.leaf()) {
                    findings.defect(
                            "leaf " + entry.leaf(),
                            "the entry is swapped with that of leaf " + other.leaf() + ", in " + entry.bundle()
                                    + (other.bundle().equals(entry.bundle()) ? "" : " and " + other.bundle()),
                            entry.expected(),
                            entry.found());
                }
            } else {
                findings.defect(
                        "leaf " + entry.leaf(),
                        "the entry in " + entry.bundle() + " was changed: its hash is not the one in the tree",
                        entry.expected(),
                        entry.found());
            }
        }
        for (Hash hash : hashes) {
            String what = entriesAreRight
                    ? "hash " + hash.position() + " was changed: it is not that of what is below it"
                    : "hash " + hash.position() + " and what is below it differ, and the root vouches for neither";
            findings.defect(hash.tile().toString(), what, hash.computed(), hash.held());
        }
        if (more > 0) {
            findings.defect("log", more + " more hashes differ");
        }
    }
}
