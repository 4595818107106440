package io.regrade.audit;

import java.util.ArrayList;
import java.util.List;

/** Defects and remarks as they are found. Only so many are kept, all are counted. */
final class Findings {

    private static final int KEPT = 1000;

    private final List<Defect> defects = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private long count;

    void defect(String where, String what) {
        defect(where, what, "", "");
    }

    void defect(String where, String what, String expected, String found) {
        count++;
        if (defects.size() < KEPT) {
            defects.add(new Defect(where, what, expected, found));
        }
    }

    void remark(String text) {
        remarks.add(text);
    }

    long count() {
        return count;
    }

    List<Defect> defects() {
        return List.copyOf(defects);
    }

    List<String> remarks() {
        return List.copyOf(remarks);
    }
}
