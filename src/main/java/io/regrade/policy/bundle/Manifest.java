package io.regrade.policy.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.tlog.MalformedException;
import io.regrade.tlog.Note;
import io.regrade.tlog.NoteSignature;
import io.regrade.tlog.SigningKey;
import io.regrade.tlog.VerifierKey;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle says of itself, and what is signed: a first line that names the format, the digest, and a line for each
 * file with its SHA-256, its length in bytes and its path. Without signatures it is that text; with them it is a signed note
 * (c2sp.org/signed-note) of it.
 */
public final class Manifest {

    /** Where it is, in an archive and in a directory: hidden, so that it is no part of what the digest is made of. */
    public static final String PATH = ".regrade/manifest";

    private static final String FORMAT = "regrade-policy-bundle/1";

    private Manifest() {}

    /** The text for these files. */
    public static String of(SortedMap<String, String> files) {
        StringBuilder text = new StringBuilder(FORMAT + "\n" + Bundle.digest(files) + "\n");
        files.forEach((path, content) -> {
            byte[] bytes = content.getBytes(UTF_8);
            String sha = HexFormat.of().formatHex(Bundle.sha256().digest(bytes));
            text.append(sha + " " + bytes.length + " " + path + "\n");
        });
        return text.toString();
    }

    /**
     * Adds a signature; those that are there already stay when they are for the same files.
     *
     * @throws BundleException when a path cannot stand in a manifest
     */
    public static Bundle sign(Bundle bundle, SigningKey key) {
        bundle.files().keySet().forEach(path -> EntryPath.require(path, path));
        String text = of(bundle.files());
        List<NoteSignature> signatures = new ArrayList<>();
        String before = bundle.signed();
        if (before != null && text(before).equals(text)) {
            signatures.addAll(signatures(before));
        }
        signatures.removeIf(one -> key.verifier().names(one));
        signatures.add(key.sign(text));
        return new Bundle(bundle.files(), new Note(text, signatures).format());
    }

    /** Whether a manifest, with or without signatures, is the one of these files. */
    static boolean fits(String manifest, SortedMap<String, String> files) {
        return text(manifest).equals(of(files));
    }

    /** The first file that a manifest tells otherwise, or does not tell of, or that is missing. */
    static String firstDifference(String manifest, SortedMap<String, String> files) {
        List<String> told = text(manifest).lines().toList();
        List<String> found = of(files).lines().toList();
        if (told.isEmpty() || !told.get(0).equals(FORMAT)) {
            return "its first line is not `" + FORMAT + "`";
        }
        for (String line : found.subList(2, found.size())) {
            if (!told.contains(line)) {
                return "`" + path(line) + "` is not as the manifest says";
            }
        }
        for (String line : told.subList(Math.min(2, told.size()), told.size())) {
            if (!found.contains(line)) {
                return "`" + path(line) + "` is missing";
            }
        }
        return "its digest is not that of the files";
    }

    private static String path(String line) {
        String[] parts = line.split(" ", 3);
        return parts[parts.length - 1];
    }

    /** Who signed a manifest, by the names of their keys; nothing of it is checked. */
    public static List<String> signers(@Nullable String manifest) {
        return manifest == null
                ? List.of()
                : signatures(manifest).stream()
                        .map(NoteSignature::name)
                        .distinct()
                        .toList();
    }

    /** Whether a manifest is signed with a key. */
    static boolean isSignedBy(String manifest, VerifierKey key) {
        try {
            return Note.parse(manifest).isSignedBy(key);
        } catch (MalformedException e) {
            return false;
        }
    }

    private static String text(String manifest) {
        try {
            return Note.parse(manifest).text();
        } catch (MalformedException e) {
            return manifest;
        }
    }

    private static List<NoteSignature> signatures(String manifest) {
        try {
            return Note.parse(manifest).signatures();
        } catch (MalformedException e) {
            return List.of();
        }
    }
}
