package io.regrade.audit;

import io.regrade.tlog.VerifierKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of verifying a log.
 *
 * @param origin the log's name, empty when it has no readable checkpoint
 * @param size leaves
 * @param root the checkpoint's root hash, hexadecimal
 * @param signedBy the key that signed the checkpoint and that is the known one, or one it was rotated to or from; null
 *     when no key was given, or the signature is wrong, which is then a defect
 * @param rotations how often the key was rotated
 * @param leaves how many leaves there are of each type
 * @param refused how many requests were refused, those that are only counted included
 * @param first the earliest time of a leaf, null when there is none
 * @param last the latest
 * @param defects what is wrong, the first thousand
 * @param defectCount how much is wrong
 * @param remarks what is not wrong but good to know
 */
public record Verification(
        String origin,
        long size,
        String root,
        @Nullable VerifierKey signedBy,
        int rotations,
        Map<String, Long> leaves,
        long refused,
        @Nullable Instant first,
        @Nullable Instant last,
        List<Defect> defects,
        long defectCount,
        List<String> remarks) {

    /** Whether the log agrees with itself and with every checkpoint it was held against, whoever signed it. */
    public boolean consistent() {
        return defectCount == 0;
    }

    /** Whether it is consistent and signed with the known key. */
    public boolean verified() {
        return consistent() && signedBy != null;
    }
}
