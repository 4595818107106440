package io.regrade.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.audit.Signatures.Signed;
import io.regrade.tlog.Checkpoint;
import io.regrade.tlog.EntryBundle;
import io.regrade.tlog.TilePath;
import io.regrade.tlog.VerifierKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a whole log: every entry, every hash of every tile, the root, the signature, and what the leaves say.
 * Memory does not grow with the log, but for up to 27 bytes a decision to know each one's id again. Used once.
 */
public final class LogVerifier {

    private static final int FULL = TilePath.FULL;

    /** Hears how far it is. */
    public interface Progress {

        /** Called now and then, with the leaves that are done and all there are. */
        void at(long done, long total);
    }

    /** A checkpoint that was kept, or that a receipt holds, and what it is called. */
    private record Kept(String name, Signed signed) {}

    private final LogSource source;
    private final @Nullable VerifierKey known;
    private final Findings findings = new Findings();
    private final List<Kept> kept = new ArrayList<>();

    /**
     * A log to verify.
     *
     * @param known the public key that the log must be signed with, or that must have been rotated to the one it is
     *     signed with; null for none
     */
    public LogVerifier(LogSource source, @Nullable VerifierKey known) {
        this.source = source;
        this.known = known;
    }

    /**
     * Also checks that the log continues the one that a checkpoint was made of.
     *
     * @param name what the checkpoint is called in a defect, such as its file's name
     */
    public LogVerifier since(String name, byte[] checkpoint) {
        Signatures.read(checkpoint, name, findings).ifPresent(signed -> kept.add(new Kept(name, signed)));
        return this;
    }

    /**
     * Verifies.
     *
     * @throws UnreadableException when the log cannot be read
     */
    public Verification verify(Progress progress) {
        Optional<Signed> read = Signatures.read(source.checkpoint(), "checkpoint", findings);
        if (read.isEmpty()) {
            return new Verification(
                    "", 0, "", null, 0, Map.of(), 0, null, null, findings.defects(), findings.count(), List.of());
        }
        Signed signed = read.get();
        Checkpoint checkpoint = signed.checkpoint();
        kept.sort(Comparator.comparingLong(one -> one.signed().checkpoint().size()));
        Leaves leaves = new Leaves(findings);
        try (ReadAhead ahead = new ReadAhead(source)) {
            long size = checkpoint.size();
            int[] next = {0};
            Frontier frontier = new Frontier();
            compareKept(frontier, next);
            new TreeWalk(ahead, size, findings, (index, hash, entry) -> {
                        if (entry == null) {
                            leaves.damaged(index);
                        } else {
                            leaves.leaf(index, entry);
                        }
                        if (next[0] < kept.size()) {
                            frontier.add(hash);
                            compareKept(frontier, next);
                        }
                        if (index % FULL == 0) {
                            progress.at(index, size);
                        }
                    })
                    .walk(checkpoint.root());
            for (Kept longer : kept.subList(next[0], kept.size())) {
                findings.defect(
                        longer.name(),
                        "the log is shorter than it was: leaves were removed from its end",
                        longer.signed().checkpoint().size() + " leaves",
                        Long.toString(size));
            }
            twice(ahead, size, leaves.suspects());
            progress.at(size, size);
        }
        return result(checkpoint, leaves, signer(signed, leaves.keys()));
    }

    private Verification result(Checkpoint checkpoint, Leaves leaves, @Nullable VerifierKey signer) {
        if (leaves.backwards() > 0) {
            findings.remark(
                    leaves.backwards() + " leaves have an earlier time than a leaf before them: decisions were made"
                            + " for an earlier moment or overtook each other, or a clock was set back");
        }
        if (leaves.failed() > 0) {
            findings.remark(leaves.failed() + " of the decisions are failed evaluations");
        }
        return new Verification(
                checkpoint.origin(),
                checkpoint.size(),
                Sha256.hex(checkpoint.root()),
                signer,
                leaves.keys().size(),
                Map.copyOf(leaves.counts()),
                leaves.refused(),
                leaves.first(),
                leaves.last(),
                findings.defects(),
                findings.count(),
                findings.remarks());
    }

    private void compareKept(Frontier frontier, int[] next) {
        while (next[0] < kept.size() && kept.get(next[0]).signed().checkpoint().size() == frontier.size()) {
            Kept one = kept.get(next[0]++);
            byte[] root = frontier.root();
            if (!Arrays.equals(root, one.signed().checkpoint().root())) {
                findings.defect(
                        one.name(),
                        "the log does not continue it: of the first " + frontier.size()
                                + " leaves some were changed, removed or put in since",
                        Sha256.hex(one.signed().checkpoint().root()),
                        Sha256.hex(root));
            }
        }
    }

    /** The key that signed the checkpoint, when it is one that the known key vouches for. */
    private @Nullable VerifierKey signer(Signed signed, KeyChain chain) {
        if (known == null) {
            return null;
        }
        if (!chain.holds(known)) {
            findings.defect("checkpoint", "the known key never signed this log", known.toString(), "");
            return null;
        }
        for (Kept one : kept) {
            VerifierKey then = chain.at(one.signed().checkpoint().size()).orElse(known);
            Signatures.check(one.signed(), then, chain, one.name(), findings);
        }
        VerifierKey now = chain.at(signed.checkpoint().size()).orElse(known);
        return Signatures.check(signed, now, chain, "checkpoint", findings) ? now : null;
    }

    /** Reads the log again when ids looked alike: only then is it told which decision is there twice. */
    private void twice(ReadAhead ahead, long size, Map<String, Long> suspects) {
        if (suspects.isEmpty()) {
            return;
        }
        Map<String, Long> firsts = new HashMap<>();
        for (long bundle = 0; bundle * FULL < size; bundle++) {
            int width = (int) Math.min(FULL, size - bundle * FULL);
            byte[] bytes = ahead.read(TilePath.entries(bundle, width)).orElse(new byte[0]);
            long index = bundle * FULL;
            for (byte[] entry : EntryBundle.read(bytes).entries()) {
                same(index++, entry, suspects, firsts);
            }
        }
    }

    private void same(long index, byte[] entry, Map<String, Long> suspects, Map<String, Long> firsts) {
        JsonNode leaf;
        try {
            leaf = Canonical.read(entry);
        } catch (IOException e) {
            return; // was told in the first reading
        }
        String id = leaf.path("id").asText();
        if (leaf.path("type").asText().equals("decision") && suspects.containsKey(id)) {
            Long first = firsts.putIfAbsent(id, index);
            if (first != null) {
                findings.defect("leaf " + index, "the decision " + id + " is in leaf " + first + " already");
            }
        }
    }
}
