package io.regrade.audit;

import java.util.ArrayDeque;
import java.util.Deque;

/** The root hash of a tree that grows leaf by leaf. */
final class Frontier {

    private record Subtree(long leaves, byte[] hash) {}

    /** Complete subtrees from the right, each smaller than the next. */
    private final Deque<Subtree> subtrees = new ArrayDeque<>();

    private long size;

    long size() {
        return size;
    }

    void add(byte[] leafHash) {
        Subtree made = new Subtree(1, leafHash);
        while (!subtrees.isEmpty() && subtrees.getFirst().leaves() == made.leaves()) {
            Subtree left = subtrees.removeFirst();
            made = new Subtree(left.leaves() * 2, Sha256.children(left.hash(), made.hash()));
        }
        subtrees.addFirst(made);
        size++;
    }

    byte[] root() {
        byte[] root = null;
        for (Subtree subtree : subtrees) {
            root = root == null ? subtree.hash() : Sha256.children(subtree.hash(), root);
        }
        return root == null ? Sha256.of() : root;
    }
}
