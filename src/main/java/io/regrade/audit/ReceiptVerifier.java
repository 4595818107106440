package io.regrade.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.regrade.audit.Signatures.Signed;
import io.regrade.tlog.MalformedException;
import io.regrade.tlog.Proof;
import io.regrade.tlog.VerifierKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Verifies a receipt, without the log. Used once. */
public final class ReceiptVerifier {

    private final @Nullable VerifierKey known;
    private final Findings findings = new Findings();
    private final List<String> compared = new ArrayList<>();

    /**
     * A verifier of one receipt.
     *
     * @param known the public key that its checkpoint must be signed with; null for none
     */
    public ReceiptVerifier(@Nullable VerifierKey known) {
        this.known = known;
    }

    /**
     * Verifies.
     *
     * @param text the receipt, a tlog-proof
     * @param decision the decision's JSON as the server gives it with all of its explanation, null for none
     */
    public ReceiptVerification verify(String text, byte @Nullable [] decision) {
        Proof proof;
        try {
            proof = Proof.parse(text);
        } catch (MalformedException e) {
            findings.defect("receipt", String.valueOf(e.getMessage()));
            return new ReceiptVerification("", -1, 0, "", "", null, compared, findings.defects());
        }
        String note = proof.checkpoint().format();
        Signed signed = Signatures.read(note.getBytes(UTF_8), "receipt's checkpoint", findings)
                .orElse(null);
        JsonNode extra = extra(proof);
        String leaf = extra.path("entry").asText();
        if (signed == null || leaf.isEmpty()) {
            return new ReceiptVerification("", proof.index(), 0, leaf, note, null, compared, findings.defects());
        }
        byte[] root = inclusion(proof, signed, leaf);
        LeafForm.Read read = LeafForm.read(leaf.getBytes(UTF_8));
        read.problems().forEach(problem -> findings.defect("leaf " + proof.index(), problem));
        // Of a leaf that is not in the tree nothing is worth comparing.
        if (decision != null && root != null && read.json() != null) {
            byte[] salt = salt(extra.path("salt"));
            if (salt != null) {
                compared.addAll(
                        new DecisionCheck(findings, "leaf " + proof.index(), read.json(), salt).compare(decision));
            }
        }
        VerifierKey signer =
                known != null && Signatures.check(signed, known, new KeyChain(), "receipt's checkpoint", findings)
                        ? known
                        : null;
        return new ReceiptVerification(
                signed.checkpoint().origin(),
                proof.index(),
                signed.checkpoint().size(),
                leaf,
                note,
                signer,
                List.copyOf(compared),
                findings.defects());
    }

    private JsonNode extra(Proof proof) {
        byte[] bytes = proof.extra();
        try {
            JsonNode extra = Canonical.read(bytes == null ? "{}".getBytes(UTF_8) : bytes);
            if (!extra.path("entry").isTextual()
                    || extra.path("entry").textValue().isEmpty()) {
                findings.defect("receipt", "its extra data have no `entry`, so that there is nothing it proves");
            }
            return extra;
        } catch (IOException e) {
            findings.defect("receipt", "its extra data are not JSON: " + e.getMessage());
            return MissingNode.getInstance();
        }
    }

    private byte @Nullable [] inclusion(Proof proof, Signed signed, String leaf) {
        long size = signed.checkpoint().size();
        if (proof.index() >= size) {
            findings.defect(
                    "receipt", "its index is beyond the checkpoint's tree", "below " + size, "" + proof.index());
            return null;
        }
        byte[] hash = Sha256.leaf(leaf.getBytes(UTF_8));
        byte[] root =
                InclusionCheck.root(proof.index(), size, hash, proof.hashes()).orElse(null);
        if (root == null) {
            findings.defect(
                    "receipt",
                    "its proof has not as many hashes as leaf " + proof.index() + " of " + size + " needs",
                    "",
                    proof.hashes().size() + " hashes");
            return null;
        }
        if (!Arrays.equals(root, signed.checkpoint().root())) {
            findings.defect(
                    "receipt",
                    "its proof does not lead to the checkpoint's root: the leaf, the index or a hash was changed",
                    Sha256.hex(signed.checkpoint().root()),
                    Sha256.hex(root));
            return null;
        }
        return root;
    }

    private byte @Nullable [] salt(JsonNode salt) {
        if (salt.isMissingNode()) {
            findings.defect(
                    "receipt", "it has no salt, because the payload was erased: no decision can be compared with it");
            return null;
        }
        if (!salt.asText().matches("[0-9a-f]{64}")) {
            findings.defect("receipt", "its salt is not 64 hexadecimal digits");
            return null;
        }
        return HexFormat.of().parseHex(salt.asText());
    }
}
