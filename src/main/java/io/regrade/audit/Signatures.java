package io.regrade.audit;

import io.regrade.tlog.Checkpoint;
import io.regrade.tlog.MalformedException;
import io.regrade.tlog.Note;
import io.regrade.tlog.VerifierKey;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Checkpoints and who signed them. */
final class Signatures {

    private Signatures() {}

    /** A checkpoint with its note. */
    record Signed(Note note, Checkpoint checkpoint) {}

    /**
     * Reads a signed checkpoint; what cannot be read is a defect.
     *
     * @param where names it
     */
    static Optional<Signed> read(byte[] bytes, String where, Findings findings) {
        try {
            Note note = Note.parse(bytes);
            return Optional.of(new Signed(note, Checkpoint.parse(note.text())));
        } catch (MalformedException e) {
            findings.defect(where, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Whether a checkpoint is signed with a key, by the rotations that there were; when it is not, that is a defect. */
    static boolean check(Signed signed, VerifierKey key, KeyChain chain, String where, Findings findings) {
        if (!signed.checkpoint().origin().equals(key.name())) {
            findings.defect(
                    where,
                    "it is of another log",
                    key.name(),
                    signed.checkpoint().origin());
            return false;
        }
        if (signed.note().isSignedBy(key)) {
            return true;
        }
        OptionalLong ended = signed.note().signatures().stream()
                .map(chain::ended)
                .flatMapToLong(OptionalLong::stream)
                .findFirst();
        if (signed.note().signatures().stream().anyMatch(key::names)) {
            findings.defect(where, "the signature is wrong: the checkpoint is forged or was changed", show(key), "");
        } else if (ended.isPresent()) {
            findings.defect(
                    where,
                    "it is signed with a key that leaf " + ended.getAsLong()
                            + " had replaced by then: whoever still has that key made it",
                    show(key),
                    signers(signed));
        } else {
            findings.defect(where, "it is not signed with the known key", show(key), signers(signed));
        }
        return false;
    }

    private static String signers(Signed signed) {
        return signed.note().signatures().stream()
                .map(one -> one.name() + "+" + String.format("%08x", one.keyId()))
                .collect(Collectors.joining(", ", "signed by ", ""));
    }

    private static String show(VerifierKey key) {
        return key.name() + "+" + String.format("%08x", key.id());
    }
}
