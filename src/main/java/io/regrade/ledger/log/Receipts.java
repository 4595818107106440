package io.regrade.ledger.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.CanonicalJson;
import io.regrade.tlog.Checkpoint;
import io.regrade.tlog.Note;
import io.regrade.tlog.Proof;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Makes receipts: proofs (c2sp.org/tlog-proof) that a leaf is in the log, together with the leaf and its salt, so that
 * they are checked without the log. Thread-safe when its source is.
 */
public final class Receipts {

    private final TileSource source;

    /** Receipts out of a log's tiles. */
    public Receipts(TileSource source) {
        this.source = source;
    }

    /**
     * The receipt of a leaf.
     *
     * @param checkpoint a signed checkpoint whose tree holds the leaf
     * @param index the leaf's index
     * @param leaf its entry's text
     * @param salt the decision's salt, null when it was erased or the leaf is no decision
     * @throws IndexOutOfBoundsException when the checkpoint's tree does not hold the leaf
     * @throws IllegalStateException when the source lacks a tile
     */
    public String receipt(String checkpoint, long index, String leaf, byte @Nullable [] salt) {
        Note note = Note.parse(checkpoint);
        long size = Checkpoint.parse(note.text()).size();
        ObjectNode extra = JsonNodeFactory.instance.objectNode().put("entry", leaf);
        if (salt != null) {
            extra.put("salt", HexFormat.of().formatHex(salt));
        }
        byte[] told = CanonicalJson.bytes(extra);
        return new Proof(told, index, new InclusionProof(source, size).of(index), note).format();
    }
}
