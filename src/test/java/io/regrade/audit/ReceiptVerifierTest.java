package io.regrade.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.ledger.log.InclusionProof;
import io.regrade.ledger.log.NaiveTree;
import io.regrade.tlog.SigningKey;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptVerifierTest {

    private static final TestLog LOG = TestLog.of(300);

    private static ReceiptVerification verify(String receipt) {
        return new ReceiptVerifier(TestLog.KEY.verifier()).verify(receipt, null);
    }

    private static ReceiptVerification verify(String receipt, ObjectNode decision) {
        return new ReceiptVerifier(TestLog.KEY.verifier())
                .verify(receipt, decision.toPrettyString().getBytes(UTF_8));
    }

    private static List<String> told(ReceiptVerification verification) {
        return verification.defects().stream()
                .map(defect -> defect.where() + ": " + defect.what())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 299})
    void receipt_ofADecision_isVerified(int index) {
        ReceiptVerification found = verify(LOG.receipt(index), LOG.decision(index));

        assertThat(told(found)).isEmpty();
        assertThat(found.verified()).isTrue();
        assertThat(found.index()).isEqualTo(index);
        assertThat(found.size()).isEqualTo(300);
        assertThat(found.compared()).containsExactly("id", "action", "policy", "trace", "result", "facts", "vm");
    }

    @Test
    void receipt_withoutSalt_isVerified_butNoDecisionWithIt() {
        assertThat(verify(LOG.receiptWithoutSalt(7)).verified()).isTrue();
        assertThat(told(verify(LOG.receiptWithoutSalt(7), LOG.decision(7))))
                .containsExactly(
                        "receipt: it has no salt, because the payload was erased: no decision can be compared with it");
    }

    @Test
    void receipt_withoutAKey_isConsistentButNotVerified() {
        ReceiptVerification found = new ReceiptVerifier(null).verify(LOG.receipt(7), null);

        assertThat(found.consistent()).isTrue();
        assertThat(found.verified()).isFalse();
    }

    @Test
    void changedDecision_isNamed_byWhatWasChanged() {
        ObjectNode decision = LOG.decision(7);
        decision.put("price_usd_month_now", 72);
        assertThat(told(verify(LOG.receipt(7), decision)))
                .containsExactly("decision: its result is not what was logged");

        assertThat(told(verify(LOG.receipt(7), LOG.decision(8))))
                .contains(
                        "decision: its id is not the leaf's",
                        "decision: its result is not what was logged",
                        "decision: its vm is not what was logged");

        ObjectNode withoutTrace = LOG.decision(7);
        withoutTrace.remove("trace");
        assertThat(told(verify(LOG.receipt(7), withoutTrace)))
                .containsExactly("decision: it has no `trace`. Maybe ask for it with `explain=full`");

        ObjectNode otherTrace = LOG.decision(7);
        otherTrace.putArray("trace");
        assertThat(told(verify(LOG.receipt(7), otherTrace)))
                .containsExactly("decision: its trace is not what was logged");
    }

    @Test
    void changedReceipt_isNamed() {
        String receipt = LOG.receipt(7);

        assertThat(told(verify(receipt.replace("index 7", "index 6"))))
                .containsExactly("receipt: its proof does not lead to the checkpoint's root:"
                        + " the leaf, the index or a hash was changed");
        assertThat(told(verify(receipt.replace("index 7", "index 300"))))
                .containsExactly("receipt: its index is beyond the checkpoint's tree");
        assertThat(told(verify(receipt.replaceFirst("index 7\n[^\n]+\n", "index 7\n"))))
                .containsExactly("receipt: its proof has not as many hashes as leaf 7 of 300 needs");
        assertThat(told(verify(receipt.replace("\n300\n", "\n301\n"))))
                .contains("receipt's checkpoint: the signature is wrong: the checkpoint is forged or was changed");
        assertThat(told(verify("hello")))
                .containsExactly("receipt: the proof does not start with `c2sp.org/tlog-proof@v1`");
        assertThat(told(verify(receipt.replaceFirst("extra [^\n]+\n", ""))))
                .containsExactly("receipt: its extra data have no `entry`, so that there is nothing it proves");
    }

    @Test
    void receiptOfAnotherKey_isNamed() {
        SigningKey other = SigningKey.generate("regrade.test/log", new SecureRandom());

        assertThat(told(new ReceiptVerifier(other.verifier()).verify(LOG.receipt(7), null)))
                .containsExactly("receipt's checkpoint: it is not signed with the known key");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 255, 256, 257, 513})
    void inclusionCheck_followsTheWritersProof_ofEveryLeaf_andNoOther(int size) {
        NaiveTree tree = NaiveTree.numbered(size);
        InclusionProof proofs = new InclusionProof(tree, size);
        List<byte[]> hashes = tree.leafHashes();

        for (int leaf = 0; leaf < size; leaf++) {
            List<byte[]> proof = proofs.of(leaf);
            assertThat(InclusionCheck.root(leaf, size, hashes.get(leaf), proof)).hasValue(tree.root());
            int other = (leaf + 1) % size;
            if (size > 1) {
                assertThat(InclusionCheck.root(other, size, hashes.get(leaf), proof)
                                .filter(root -> java.util.Arrays.equals(root, tree.root())))
                        .isEmpty();
                assertThat(InclusionCheck.root(leaf, size, hashes.get(leaf), proof.subList(1, proof.size())))
                        .isEmpty();
            }
        }
    }
}
