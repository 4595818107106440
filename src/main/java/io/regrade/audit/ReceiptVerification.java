package io.regrade.audit;

import io.regrade.tlog.VerifierKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of verifying a receipt.
 *
 * @param origin the log's name
 * @param index the leaf's index, -1 when the receipt cannot be read
 * @param size the leaves of the tree that the receipt leads to
 * @param leaf the leaf's text, empty when there is none
 * @param checkpoint the signed checkpoint within the receipt, empty when the receipt cannot be read
 * @param signedBy the known key, when it signed that checkpoint
 * @param compared what of a decision was compared with the leaf, such as {@code result}
 * @param defects what is wrong
 */
public record ReceiptVerification(
        String origin,
        long index,
        long size,
        String leaf,
        String checkpoint,
        @Nullable VerifierKey signedBy,
        List<String> compared,
        List<Defect> defects) {

    /** Whether the leaf is in the tree of the checkpoint, and the decision, if any, is the leaf's. */
    public boolean consistent() {
        return defects.isEmpty();
    }

    /** Whether it is consistent and its checkpoint is signed with the known key. */
    public boolean verified() {
        return consistent() && signedBy != null;
    }
}
