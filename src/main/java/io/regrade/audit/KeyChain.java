package io.regrade.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.tlog.MalformedException;
import io.regrade.tlog.NoteSignature;
import io.regrade.tlog.VerifierKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The keys that signed the log one after the other, by its key-rotation leaves. */
final class KeyChain {

    private record Rotation(long leaf, VerifierKey old, VerifierKey next) {}

    private final List<Rotation> rotations = new ArrayList<>();

    /** Takes a key-rotation leaf of sound form. */
    void rotation(long leaf, JsonNode json, Findings findings) {
        String where = "leaf " + leaf;
        try {
            String oldText = json.path("old").textValue();
            String nextText = json.path("new").textValue();
            VerifierKey old = VerifierKey.parse(oldText);
            VerifierKey next = VerifierKey.parse(nextText);
            NoteSignature signature =
                    NoteSignature.parse(old.name(), json.path("signature").textValue());
            String told = "regrade key-rotation@v1\n" + oldText + "\n" + nextText + "\n"
                    + json.path("at").textValue() + "\n";
            if (!old.names(signature) || !old.verifies(told.getBytes(UTF_8), signature.signature())) {
                findings.defect(where, "the key rotation is not signed with the old key", oldText, "");
                return;
            }
            if (!old.name().equals(next.name())) {
                findings.defect(where, "the new key has another name", old.name(), next.name());
                return;
            }
            VerifierKey current = rotations.isEmpty() ? old : last().next();
            if (!current.equals(old)) {
                findings.defect(where, "the rotation is from a key that was not in force", current.toString(), oldText);
                return;
            }
            rotations.add(new Rotation(leaf, old, next));
        } catch (MalformedException e) {
            findings.defect(where, "the key rotation is malformed: " + e.getMessage());
        }
    }

    private Rotation last() {
        return rotations.get(rotations.size() - 1);
    }

    /** How many rotations there were. */
    int size() {
        return rotations.size();
    }

    /** Whether a key signed the log at some time; any key when it was never rotated. */
    boolean holds(VerifierKey key) {
        return rotations.isEmpty()
                || rotations.get(0).old().equals(key)
                || rotations.stream().anyMatch(rotation -> rotation.next().equals(key));
    }

    /** The rotation, as its leaf, with which a signature's key ceased to sign; empty when there is none. */
    OptionalLong ended(NoteSignature signature) {
        return rotations.stream()
                .filter(rotation -> rotation.old().names(signature))
                .mapToLong(Rotation::leaf)
                .findFirst();
    }

    /** The key that signs trees of a size; empty when the log was never rotated, so that it does not tell. */
    Optional<VerifierKey> at(long size) {
        if (rotations.isEmpty()) {
            return Optional.empty();
        }
        VerifierKey key = rotations.get(0).old();
        for (Rotation rotation : rotations) {
            if (rotation.leaf() < size) {
                key = rotation.next();
            }
        }
        return Optional.of(key);
    }
}
